/** Languages for which the table of Doc 9303-3, section 6.B has exceptions. */
export type CyrillicLanguage = "belarusian" | "bulgarian" | "macedonian" | "serbian" | "ukrainian";

type Table = Readonly<Record<number, string>>;

/** Capital Cyrillic letters by code point (Doc 9303-3, section 6.B). */
export const CYRILLIC: Table = {
  1025: "E",
  1026: "D",
  1028: "IE",
  1029: "DZ",
  1030: "I",
  1031: "I",
  1032: "J",
  1033: "LJ",
  1034: "NJ",
  // Tshe has no row; its Latin twin, C with acute, is C in section 6.A.
  1035: "C",
  1036: "K",
  1038: "U",
  1039: "DZ",
  1040: "A",
  1041: "B",
  1042: "V",
  1043: "G",
  1044: "D",
  1045: "E",
  1046: "ZH",
  1047: "Z",
  1048: "I",
  1049: "I",
  1050: "K",
  1051: "L",
  1052: "M",
  1053: "N",
  1054: "O",
  1055: "P",
  1056: "R",
  1057: "S",
  1058: "T",
  1059: "U",
  1060: "F",
  1061: "KH",
  1062: "TS",
  1063: "CH",
  1064: "SH",
  1065: "SHCH",
  1066: "IE",
  1067: "Y",
  // The soft sign has no row: it is not written.
  1068: "",
  1069: "E",
  1070: "IU",
  1071: "IA",
  1130: "U",
  1140: "Y",
  1168: "G",
  1170: "G",
  1210: "C",
};

export const CYRILLIC_EXCEPTIONS: Readonly<Record<CyrillicLanguage, Table>> = {
  belarusian: { 1025: "IO", 1043: "H" },
  bulgarian: { 1065: "SHT" },
  // The table has the Macedonian G under 0492, whose letter is not of that language: 0403 is meant as well.
  macedonian: { 1027: "GJ", 1036: "KJ", 1039: "DJ", 1061: "H", 1062: "C", 1170: "GJ" },
  serbian: {
    1043: "H",
    1046: "Z",
    1061: "H",
    1062: "C",
    1063: "C",
    1064: "S",
  },
  ukrainian: { 1043: "H", 1048: "Y" },
};

/** Ukrainian letters that are written otherwise as the first of a name component. */
export const UKRAINIAN_FIRST: Table = {
  1028: "YE",
  1031: "YI",
  1049: "Y",
  1070: "YU",
  1071: "YA",
};
