import type { Quirk } from "./quirk.js";

/** Directories and files. */
export const DIRECTORY_QUIRKS = [
  {
    id: "master-file-form",
    observed: "the master file is selected only with its identifier, or only without data",
    done: "both forms are tried",
    sources: ["gmrtd/gmrtd#460", "AndyQ/NFCPassportReader#106"],
    fault: "master-file=empty",
  },
  {
    id: "master-file-unmoved",
    observed: "SELECT of the master file answers 9000, and the chip stays where it is",
    done: "no status word is believed: the next SELECT of a file shows where the chip is",
    sources: ["AndyQ/NFCPassportReader#106"],
    fault: "master-file=empty:9000",
  },
  {
    id: "master-file-refused",
    observed:
      "SELECT of the master file answers 6982 (NZ), 6A81 (CN), 6A86 (AU), 6A87 (UA), 6985 or 6D00",
    done: "never fatal; without EF.CardAccess the chip is opened by basic access control",
    sources: [
      "gmrtd/gmrtd#414",
      "gmrtd/gmrtd#461",
      "AndyQ/NFCPassportReader#164",
      "AndyQ/NFCPassportReader#219",
    ],
    fault: "master-file=none:6982",
  },
  {
    id: "application-first",
    observed:
      "a phone has selected the eMRTD application before the reader sends its first command",
    done: "the master file is selected again for EF.CardAccess and PACE",
    sources: ["AndyQ/NFCPassportReader#106", "AndyQ/NFCPassportReader#164"],
    fault: "application-first",
  },
  {
    id: "card-access-refused",
    observed: "EF.CardAccess answers 6283 (MY), 6982, 6A82, 6A86 or 6A87",
    done: "the chip counts as one without PACE; a plan can demand PACE",
    sources: ["gmrtd/gmrtd iso7816/nfc_session.go", "AndyQ/NFCPassportReader#116"],
    fault: "refused-file=CardAccess:6283",
  },
  {
    id: "card-access-first",
    observed: "files of the master file answer 6882 once the eMRTD application is selected (PT)",
    done: "EF.CardAccess is read first, and kept for opening the chip again",
    sources: ["worldfnd/icao-9303#13"],
  },
  {
    id: "short-identifiers",
    observed: "files are not found by their short identifiers (GB)",
    done: "files are selected by SELECT, unless plan and EF.ATR/INFO say otherwise, and then as well",
    sources: ["E3V3A/JMRTD PassportService.java"],
    fault: "no-short-identifiers",
  },
  {
    id: "directory-closed",
    observed: "EF.DIR answers 6982 before the chip is opened (NZ, US)",
    done: "it is not asked for; a plan that does notes the refusal and goes on",
    sources: ["gmrtd/gmrtd#226"],
    fault: "refused-file=DIR:6982",
  },
  {
    id: "common-data-unsigned",
    observed: "EF.COM is absent, or names other groups than EF.SOD: nobody signed it",
    done: "groups of either are read; with neither every group is asked for",
    sources: ["gmrtd/gmrtd reader/reader.go"],
    fault: "refused-file=COM:6a82",
  },
  {
    id: "application-before-challenge",
    observed: "GET CHALLENGE fails before the eMRTD application is selected (PT)",
    done: "the application is selected before basic access control",
    sources: ["worldfnd/icao-9303#13"],
  },
  {
    id: "le-on-select",
    observed: "SELECT and MANAGE SECURITY ENVIRONMENT with an Le are refused (DE)",
    done: "both are sent without",
    sources: ["AndyQ/NFCPassportReader#153"],
  },
  {
    id: "no-application",
    observed:
      "identity cards have no eMRTD application, or none for a terminal without rights: 6A82, 6A86, 6D00 (DE before August 2021, LV)",
    done: "an error that names the command and the status word, and nothing else is tried",
    sources: ["selfxyz/self#1621", "AndyQ/NFCPassportReader#205", "AndyQ/NFCPassportReader#116"],
  },
] as const satisfies readonly Quirk[];
