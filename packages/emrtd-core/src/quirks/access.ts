import type { Quirk } from "./quirk.js";

/** Opening the chip. */
export const ACCESS_QUIRKS = [
  {
    id: "parameter-id-wanted",
    observed: "MSE:Set AT for PACE answers 6A87 without the identifier of the parameters (UA)",
    done: "it is sent where several are on offer, and once more with it to a chip that refuses",
    sources: ["gmrtd/gmrtd#108"],
    fault: "parameter-id-wanted",
  },
  {
    id: "parameter-id-ambiguous",
    observed:
      "a chip with several parameters takes the first where none is named, and falls silent (DE, PL)",
    done: "the identifier is sent where several are on offer",
    sources: ["AndyQ/NFCPassportReader#269"],
  },
  {
    id: "parameter-id-absent",
    observed: "PACEInfo has no identifier of parameters (ES)",
    done: "PACEDomainParameterInfo is taken where it states known ones; else there is no offer",
    sources: ["ZeroPass/dmrtd#43"],
  },
  {
    id: "authority-references",
    observed: "the last answer of PACE carries references 87 and 88 besides the token",
    done: "they are taken, asked for or not",
    sources: ["frankmorgner/openpace src/eactest.c", "Doc 9303-11, appendix G.2"],
  },
  {
    id: "pace-only",
    observed: "basic access control is gone: GET CHALLENGE is refused (DE, FR, NL, SK)",
    done: "PACE comes first, with the same zone",
    sources: ["AndyQ/NFCPassportReader#169", "AndyQ/NFCPassportReader#197", "ZeroPass/dmrtd#18"],
  },
  {
    id: "mutual-authentication-length",
    observed: "EXTERNAL AUTHENTICATE with another Le than 28 is refused by 6A88 (DE)",
    done: "it asks for the 40 bytes that come",
    sources: ["bettse/passy#3"],
  },
  {
    id: "mutual-authentication-any-length",
    observed: "EXTERNAL AUTHENTICATE with Le 28 is refused by 6700",
    done: "a new challenge is answered with Le 00, which is no second attempt at the password",
    sources: ["E3V3A/JMRTD BACAPDUSender.java"],
  },
  {
    id: "no-access-control",
    observed: "the oldest documents give their files to anybody (BE)",
    done: "GET CHALLENGE refused and EF.COM or EF.SOD readable: the chip is read as it is",
    sources: ["https://wf.lavatech.top/aves-tech-notes/emrtd-data-quirks"],
  },
  {
    id: "wrong-password",
    observed: "a wrong password is 6300, 63Cx, 6982, 6985, 6988 or 6A80",
    done: "one attempt, an error, and no other protocol after it",
    sources: ["mgdx/Sceau docs/decisions.md", "ZeroPass/dmrtd#36"],
  },
  {
    id: "slow-after-wrong-passwords",
    observed: "after wrong passwords a chip takes up to 23 seconds to answer",
    done: "the protocol sets no limit of time; whoever carries the bytes does",
    sources: ["mgdx/Sceau docs/decisions.md"],
    fault: "password-delay=23300",
  },
  {
    id: "lost-after-pace",
    observed: "after PACE broke off the chip is in no state to go on from",
    done: "where the policy allows basic access control, it begins with SELECT of the application",
    sources: ["AndyQ/NFCPassportReader#208"],
  },
  {
    id: "secret-leading-zeros",
    observed: "one agreement in 256 fails where leading zeros of a shared secret are lost",
    done: "secrets have the width of their field or prime",
    sources: ["gmrtd/gmrtd pace/pace.go", "privacybydesign/vcmrtd lib/src/utils.dart"],
  },
  {
    id: "refusal-in-the-clear",
    observed:
      "a protected command is refused in the clear, and nobody knows how far the chip counted (CN)",
    done: "the session is given up, the chip opened again, and the file goes on at its byte",
    sources: ["gmrtd/gmrtd#410", "gmrtd/gmrtd#457"],
    fault: "le-limit=120:6700:plain",
  },
] as const satisfies readonly Quirk[];
