import type { Quirk } from "./quirk.js";

/** How much a chip gives at once. */
export const LENGTH_QUIRKS = [
  {
    id: "length-6b00",
    observed: "READ BINARY for as much as fits answers 6B00 (RU)",
    done: "the next rung is asked for, of 256, 223, 192, 160, 128, 112, 96 and 64 bytes",
    sources: ["AndyQ/NFCPassportReader#89"],
    fault: "le-limit=223:6b00",
  },
  {
    id: "length-6282",
    observed: "READ BINARY for more than 160 bytes answers 6282 without data (ES)",
    done: "the next rung is asked for",
    sources: ["AndyQ/NFCPassportReader#91"],
    fault: "le-limit=160:6282",
  },
  {
    id: "length-6700",
    observed: "READ BINARY for more than 224 bytes answers 6700",
    done: "the next rung is asked for",
    sources: ["AndyQ/NFCPassportReader#25"],
    fault: "le-limit=224:6700",
  },
  {
    id: "length-small",
    observed: "some older chips give fewer than 100 bytes at once",
    done: "the last rungs are 96 and 64 bytes",
    sources: ["gmrtd/gmrtd iso7816/nfc_session.go", "ZeroPass/dmrtd lib/src/proto/mrtd_api.dart"],
    fault: "le-limit=99:6700",
  },
  {
    id: "length-6cxx",
    observed: "READ BINARY for more than the chip can give answers 6Cxx",
    done: "the length that it names is asked for at once",
    sources: ["gmrtd/gmrtd iso7816/nfc_session.go", "ISO/IEC 7816-4, 5.6"],
    fault: "le-limit=192:6c",
  },
  {
    id: "length-empty",
    observed: "one length, 236 say, answers 9000 without data",
    done: "the next rung is asked for",
    sources: ["gmrtd/gmrtd iso7816/nfc_session.go"],
    fault: "le-refused=231:empty",
  },
  {
    id: "length-cut",
    observed: "fewer bytes come than were asked for, with 9000",
    done: "the file goes on at its next byte; a chip that gives next to nothing is given up",
    sources: ["AndyQ/NFCPassportReader CHANGELOG.md"],
    fault: "le-limit=128:cut",
  },
  {
    id: "no-extended-length",
    observed: "an extended command is refused in the clear (CN)",
    done: "extended length is used only where a key or EF.ATR/INFO asks for it; the chip is opened again",
    sources: ["gmrtd/gmrtd#457", "gmrtd/gmrtd#458"],
    fault: "no-extended-length",
  },
  {
    id: "odd-instruction",
    observed: "offsets from 32,768 on do not fit P1-P2",
    done: "the odd instruction reads, offset in DO 54, data in DO 53",
    sources: ["Agiaq87/kmrtd ReadBinaryAPDUSender", "Doc 9303-10, 3.6.6"],
  },
  {
    id: "response-chaining",
    observed: "a long answer comes as 61xx in pieces (FI)",
    done: "GET RESPONSE fetches the rest: plain for a piece of a protected answer, protected else",
    sources: ["AndyQ/NFCPassportReader#174"],
    fault: "response-chaining",
  },
] as const satisfies readonly Quirk[];
