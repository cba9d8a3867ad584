import { codeTable } from "./code-table.js";

/** Language of a terminal, in its handshake: appendix 2. 83 decides the character set of names. */
export const LANGUAGES = /* @__PURE__ */ codeTable<number>("appendix 2", [
  [83, "Simplified Chinese"],
  [69, "English"],
  [97, "Spanish"],
  [70, "French"],
  [66, "Arabic"],
  [80, "Portuguese"],
  [82, "Russian"],
  [71, "German"],
  [65, "Persian"],
  [76, "Thai"],
  [73, "Indonesian"],
  [74, "Japanese"],
  [75, "Korean"],
  [86, "Vietnamese"],
  [116, "Turkish"],
  [72, "Hebrew"],
  [90, "Czech"],
  [68, "Dutch"],
  [105, "Italian"],
  [89, "Slovak"],
  [103, "Greek"],
  [112, "Polish"],
  [84, "Traditional Chinese"],
]);
