import { type DataGroupName, type FileName, fileByName } from "../../lds/files.js";
import { type FaultTable, readChoice, readCount, readFileName, withoutValue } from "./entry.js";

/** Files that hold a public key of the chip. */
const KEY_FILES = ["dg14", "dg15", "cardsecurity"] as const;

/** What is wrong with the document itself. Where EF.SOD says something new, the simulator signed it. */
export type DocumentFault =
  /** One byte of a file is not what was signed; counted from the end of the file. */
  | { readonly fault: "altered-file"; readonly file: FileName; readonly fromEnd: number }
  /** The chip has other private keys than those of its file: a copy. */
  | { readonly fault: "cloned-key"; readonly file: (typeof KEY_FILES)[number] }
  /** EF.SOD lists another hash of a group, rightly signed. */
  | { readonly fault: "wrong-hash"; readonly group: DataGroupName }
  /** EF.SOD is signed with RSASSA-PSS and a salt of so many bytes. */
  | { readonly fault: "pss-salt"; readonly bytes: number }
  /** DG14 has a key for chip authentication and does not say how it is used, and is so signed. */
  | { readonly fault: "key-without-info" }
  /** EF.SOD is written in indefinite lengths. */
  | { readonly fault: "ber-sod" }
  /** EF.SOD names the signer's issuer in the reverse order. */
  | { readonly fault: "reordered-signer" };

const isGroup = (name: FileName | undefined): name is DataGroupName =>
  name !== undefined && /^DG\d/.test(fileByName(name).name);

export const DOCUMENT_FAULTS: FaultTable<DocumentFault> = {
  "altered-file": {
    form: "altered-file[=FILE]",
    meaning: "the last byte of a file is not what was signed (DG1)",
    parse(value) {
      const file = readFileName(value, "DG1");
      return file && { fault: "altered-file", file, fromEnd: 1 };
    },
  },
  "cloned-key": {
    form: "cloned-key[=FILE]",
    meaning: "the chip lacks the private key of DG14, DG15 or CardSecurity, and has another (DG15)",
    parse(value) {
      const file = readChoice(value, KEY_FILES, "dg15");
      return file && { fault: "cloned-key", file };
    },
  },
  "wrong-hash": {
    form: "wrong-hash[=DG]",
    meaning: "EF.SOD, signed again by the simulator, lists a wrong hash of a group (DG12)",
    parse(value) {
      const group = readFileName(value, "DG12");
      return isGroup(group) ? { fault: "wrong-hash", group } : undefined;
    },
  },
  "pss-salt": {
    form: "pss-salt[=N]",
    meaning: "EF.SOD is signed again by the simulator, with RSASSA-PSS and a salt of N bytes (64)",
    parse(value) {
      const bytes = readCount(value, 64);
      return bytes === undefined || bytes > 128 ? undefined : { fault: "pss-salt", bytes };
    },
  },
  "key-without-info": {
    form: "key-without-info",
    meaning:
      "DG14 has a key and no ChipAuthenticationInfo; EF.SOD is signed again by the simulator",
    parse: withoutValue({ fault: "key-without-info" }),
  },
  "ber-sod": {
    form: "ber-sod",
    meaning: "EF.SOD is written in indefinite lengths",
    parse: withoutValue({ fault: "ber-sod" }),
  },
  "reordered-signer": {
    form: "reordered-signer",
    meaning: "EF.SOD names the issuer of its signer in the reverse order",
    parse: withoutValue({ fault: "reordered-signer" }),
  },
};
