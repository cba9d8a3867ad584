import type { Quirk } from "./quirk.js";

/** What the files say. */
export const DATA_QUIRKS = [
  {
    id: "portrait-39794",
    observed: "DG2 holds ISO/IEC 39794-5, as all documents from 2026 on may",
    done: "records are known by their content, whatever the template's header says",
    sources: ["AndyQ/NFCPassportReader#253", "gmrtd/gmrtd#34"],
  },
  {
    id: "biometric-data-tag",
    observed: "biometric data stand in 5F2E or in 7F2E",
    done: "both are read",
    sources: ["gmrtd/gmrtd document/dg2.go"],
  },
  {
    id: "portrait-absent",
    observed: "there is no DG2, or DG1 and DG2 come and nothing else",
    done: "the outcome says so; DG1 alone must be there for the data to be anybody's",
    sources: ["mgdx/Sceau docs/deviations.md"],
    fault: "refused-file=DG2:6a82",
  },
  {
    id: "image-padding",
    observed: "zeros or FF follow the end of the image",
    done: "they are no part of it",
    sources: ["AndyQ/NFCPassportReader CHANGELOG.md"],
  },
  {
    id: "image-codestream",
    observed: "a bare JPEG 2000 codestream, FF4FFF51, stands in place of a file (CN)",
    done: "it is known by its first bytes, shown and decoded as JPEG 2000",
    sources: ["RfidResearchGroup/proxmark3#2752"],
  },
  {
    id: "portrait-lengths",
    observed: "the facial record states its length wrongly, by one to eight bytes (GB, NZ)",
    done: "the last image goes to the end, and a finding says so",
    sources: ["gmrtd/gmrtd#102"],
  },
  {
    id: "portrait-feature-points",
    observed: "feature points stand before the image",
    done: "they are read",
    sources: ["gmrtd/gmrtd document/dg2.go"],
  },
  {
    id: "dates-packed",
    observed: "dates are packed two digits a byte (BE, FR, HU), a time in seven bytes (BA)",
    done: "they are read, and a finding says so",
    sources: ["RfidResearchGroup/proxmark3#1124", "E3V3A/JMRTD DG11File.java"],
  },
  {
    id: "other-names",
    observed: "other names stand in A0 with their number, or bare in DG11 (HU)",
    done: "both are kept: the first by name, the second among the unknown",
    sources: ["RfidResearchGroup/proxmark3#1124"],
  },
  {
    id: "empty-elements",
    observed: "elements are there and empty (BE)",
    done: "they are there and empty",
    sources: ["RfidResearchGroup/proxmark3#1125"],
  },
  {
    id: "tag-5f85",
    observed: "DG12 has a data object 5F85, which by the rules of tags would go on (BE)",
    done: "it is read as a tag of two bytes",
    sources: ["RfidResearchGroup/proxmark3#1125"],
  },
  {
    id: "fillers",
    observed:
      "names and optional data begin with fillers or repeat them (TR); two fillers before the only name (IN)",
    done: "words are what stands between fillers, a name without a surname is a given name; the text of the zone is kept",
    sources: [
      "gmrtd/gmrtd#427",
      "cheminfo/mrz#9",
      "https://wf.lavatech.top/aves-tech-notes/emrtd-data-quirks",
    ],
  },
  {
    id: "zone-of-two-letters",
    observed: "DG1 holds UB and no zone (DE, cards for citizens of the Union)",
    done: "the file is read and the report says that it cannot be understood",
    sources: ["mgdx/Sceau docs/deviations.md"],
  },
  {
    id: "long-document-number",
    observed:
      "document numbers of TD1 and TD2 go on in the optional data, also by one or two characters",
    done: "the whole number is read, and is the password",
    sources: ["Arg0s1080/mrz#4", "selfxyz/self#1336"],
  },
  {
    id: "filler-counted",
    observed:
      "the check digit of a long document number covers the filler in the place of its own (BE, before 2020)",
    done: "it is right, and said in a finding",
    sources: ["https://www.consilium.europa.eu/prado/en/BEL-BO-03003/index.html"],
  },
  {
    id: "unused-check-digit",
    observed: "the check digit of unused optional data is 0, or a filler (CH)",
    done: "both are right",
    sources: ["Doc 9303-4, 4.2.2.2", "https://wf.lavatech.top/aves-tech-notes/emrtd-data-quirks"],
  },
  {
    id: "two-letter-codes",
    observed: "passports have codes of two letters: PP, PD, PO",
    done: "the code is kept whole; lists of document types by one letter fit it",
    sources: ["Doc 9303-4, 4.4"],
  },
] as const satisfies readonly Quirk[];
