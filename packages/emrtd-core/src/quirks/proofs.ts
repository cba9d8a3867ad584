import type { Quirk } from "./quirk.js";

/** Proofs by the chip. */
export const PROOF_QUIRKS = [
  {
    id: "signature-cut",
    observed: "a signature is cut to 231 bytes without a word, unless the command is extended (AU)",
    done: "Le follows from the key; a short answer is asked for once more, and the longer one kept",
    sources: ["AndyQ/NFCPassportReader#194", "zkpassport/zkpassport-packages#180"],
    fault: "signing=cut:64",
  },
  {
    id: "signature-empty",
    observed: "an extended INTERNAL AUTHENTICATE answers 9000 without data (CN)",
    done: "a signature that fits a short answer is asked for with a short Le",
    sources: ["AndyQ/NFCPassportReader#223"],
    fault: "signing=empty",
  },
  {
    id: "signature-der",
    observed: "an ECDSA signature comes as DER instead of r and s (PT)",
    done: "both are read, and the report says which",
    sources: ["gmrtd/gmrtd#187", "gmrtd/gmrtd#188"],
    fault: "signing=der",
  },
  {
    id: "signature-hash-unstated",
    observed: "no DG14 says which hash an ECDSA signature is made with (PT)",
    done: "SHA-1 to SHA-512 are tried, and the report says so",
    sources: ["gmrtd/gmrtd#477"],
  },
  {
    id: "signature-leading-zero",
    observed: "an RSA signature lacks its leading zero, or has one more",
    done: "both widths are read",
    sources: ["gmrtd/gmrtd#104", "gmrtd/gmrtd#106"],
    fault: "signing=zero",
  },
  {
    id: "signature-trailer",
    observed: "RSA trailers are BC, or 33CC to 38CC with the hash",
    done: "the trailer names the hash; after BC it is SHA-1 or the stated one",
    sources: ["jllarraz/AndroidPassportReader#35"],
  },
  {
    id: "chip-key-without-info",
    observed: "DG14 has a key for chip authentication and no info (FR, 2013 and 2014)",
    done: "it means triple DES; the report says that this was inferred",
    sources: ["gmrtd/gmrtd chipauth/chip_auth.go"],
    fault: "key-without-info",
  },
  {
    id: "key-agreement-template-refused",
    observed: "chip authentication with triple DES knows MSE:Set AT and not MSE:Set KAT (MY)",
    done: "MSE:Set AT and GENERAL AUTHENTICATE are tried in the same session",
    sources: ["Doc 9303-11, 8.5", "gmrtd/gmrtd chipauth/chip_auth_test.go"],
    fault: "no-key-agreement-template",
  },
  {
    id: "triple-des-inside-aes",
    observed: "chip authentication with triple DES runs inside a session with AES (FR)",
    done: "the cipher of a session follows from its own protocol",
    sources: ["gmrtd/gmrtd chipauth/chip_auth.go"],
  },
  {
    id: "chip-key-identifiers",
    observed:
      "of several keys each has an identifier, which info or key may leave out where there is one",
    done: "identifiers must agree where both have one; one alone still fits",
    sources: ["gmrtd/gmrtd#447"],
  },
  {
    id: "mapping-key-identifier",
    observed:
      "the key of chip authentication mapping has the identifier of its parameters, or none",
    done: "the key with that identifier, or the only one without",
    sources: ["gmrtd/gmrtd#447"],
  },
  {
    id: "lost-after-chip-authentication",
    observed: "after chip authentication failed the old session is gone",
    done: "the chip is opened again and read to the end; the proof stays as it was given",
    sources: ["AndyQ/NFCPassportReader#208"],
    fault: "cloned-key=DG14",
  },
  {
    id: "foreign-identifiers",
    observed: "DG13 holds keys of national algorithms, and identifiers with an arc mistyped (RU)",
    done: "DG13 is the issuer's and kept as it is; unknown infos of DG14 are kept, and offer nothing",
    sources: ["gmrtd/gmrtd#10"],
  },
] as const satisfies readonly Quirk[];
