import type { Quirk } from "./quirk.js";

/** EF.SOD: what is signed, and how. */
export const SECURITY_OBJECT_QUIRKS = [
  {
    id: "content-type",
    observed:
      "the signed content is named id-data (CN), 1.3.27.1.1.1 (BE, FR) or 1.2.528.1.1006.1.20.1",
    done: "these are read, and the report says so; any other is refused",
    sources: ["ZeroPass/pymrtd#8", "gmrtd/gmrtd document/sod.go"],
  },
  {
    id: "indefinite-lengths",
    observed: "EF.SOD is written in indefinite lengths (NZ, US)",
    done: "BER is read; hashes are over the bytes as received",
    sources: ["RfidResearchGroup/proxmark3#1145", "gmrtd/gmrtd document/sod.go"],
    fault: "ber-sod",
  },
  {
    id: "attributes-in-any-order",
    observed: "signed attributes are not sorted, messageDigest is not the last (ID)",
    done: "what is verified is the set as received",
    sources: ["zkpassport/circuits#79"],
  },
  {
    id: "signer-reordered",
    observed: "EF.SOD names the signer's issuer in another order than its certificate (MY)",
    done: "the certificate is found, and the report says so",
    sources: ["ZeroPass/pymrtd#18", "gmrtd/gmrtd#441"],
    fault: "reordered-signer",
  },
  {
    id: "signer-respelled",
    observed:
      "EF.SOD names the signer's issuer in another string type or case than its certificate",
    done: "the certificate is found, and the report says so",
    sources: ["gmrtd/gmrtd#441"],
  },
  {
    id: "signer-mismatch",
    observed: "EF.SOD names a certificate that is not there, and has exactly one (UA)",
    done: "that one is tried; its signature decides, and the report says so",
    sources: ["gmrtd/gmrtd#440", "gmrtd/gmrtd#352"],
  },
  {
    id: "signer-by-key",
    observed: "the signer is named by its key identifier instead of issuer and serial number",
    done: "both are read",
    sources: ["gmrtd/gmrtd cms/cms.go"],
  },
  {
    id: "signer-certificate-elsewhere",
    observed: "the certificate of the signer is missing, or stands among others",
    done: "it is looked for in the file, then in the trust store",
    sources: ["gmrtd/gmrtd#440", "Doc 9303-12, 7.1.1"],
  },
  {
    id: "signature-algorithm-unnamed",
    observed:
      "the signature is named by its key type alone, or with another hash than it was made with",
    done: "the hash of the digest completes or replaces it, and the report says so",
    sources: ["tananaev/passport-reader#51", "tananaev/passport-reader#99"],
  },
  {
    id: "pss-key-other-signature",
    observed: "a certificate for RSASSA-PSS alone signs by PKCS#1 v1.5 (TR)",
    done: "the signature decides, and the report says so",
    sources: ["selfxyz/self#1302", "selfxyz/self#1303"],
  },
  {
    id: "digest-info-null",
    observed: "DigestInfo of PKCS#1 v1.5 comes with and without NULL",
    done: "both blocks are built and compared; nothing is parsed",
    sources: ["gmrtd/gmrtd#106"],
  },
  {
    id: "pss-salt",
    observed: "salts of 20, 32 and 64 bytes with SHA-256 (DK, MY)",
    done: "the parameters are honoured",
    sources: [
      "zkpassport/zkpassport-packages#142",
      "zkpassport/circuits#123",
      "rarimo/passport-zk-circuits#61",
    ],
    fault: "pss-salt=64",
  },
  {
    id: "pss-parameters",
    observed:
      "RSASSA-PSS with SHA-512 where readers take SHA-256 for granted (IT), or no parameters",
    done: "hash and mask follow from the parameters; none mean SHA-1 and 20 bytes",
    sources: ["AndyQ/NFCPassportReader#200", "tananaev/passport-reader#33"],
  },
  {
    id: "two-hashes",
    observed:
      "groups are hashed with another function than the attributes; SHA-1 and SHA-224 are in use",
    done: "each is taken from where it is stated; a signature with SHA-1 is reported",
    sources: [
      "AndyQ/NFCPassportReader#78",
      "AndyQ/NFCPassportReader#96",
      "AndyQ/NFCPassportReader#97",
    ],
  },
  {
    id: "signature-integer-zeros",
    observed: "r and s of ECDSA have zeros too many",
    done: "they are read",
    sources: ["AndyQ/NFCPassportReader CHANGELOG.md"],
  },
  {
    id: "curve-written-out",
    observed: "a key writes out the parameters of its curve, with zeros in front of integers",
    done: "a known curve is known again, generator included; any other is refused",
    sources: ["paulmillr/noble-curves#160"],
  },
  {
    id: "curve-misnamed",
    observed: "a key names brainpoolP224r1 and its point is of P-224 (LT)",
    done: "the point decides among known curves of the size, and the report says so",
    sources: ["gmrtd/gmrtd#130", "gmrtd/gmrtd#220", "gmrtd/gmrtd#221"],
  },
  {
    id: "signing-time-missing",
    observed: "the time of signing is not stated (DE, FI, GB, SG)",
    done: "validity is judged without it; what it would say proves nothing anyway",
    sources: ["mgdx/Sceau docs/protocol.md", "gmrtd/gmrtd#326"],
  },
  {
    id: "listed-and-refused",
    observed: "EF.SOD lists groups that the chip keeps: DG3, DG4",
    done: "not read is no mismatch",
    sources: ["AndyQ/NFCPassportReader#22"],
    fault: "refused-file=DG11:6982",
  },
  {
    id: "read-and-unlisted",
    observed: "the chip has a group that EF.SOD does not list",
    done: "it fills nothing in the report, and a key from it proves nothing",
    sources: ["worldfnd/icao-9303 specimens"],
  },
  {
    id: "wrong-hash-listed",
    observed: "346,275 cards carry a wrong hash of DG12, rightly signed (IT)",
    done: "a mismatch, unless a deviation list of the state says so: then it is undetermined",
    sources: ["mgdx/Sceau core/KnownDeviations.kt"],
    fault: "wrong-hash=DG12",
  },
] as const satisfies readonly Quirk[];
