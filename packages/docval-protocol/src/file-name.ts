const GROUPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const;

/** Names of files in FILE messages and in results: the document security object, and data groups. */
export type DocvalFileName = "sod" | `dg${(typeof GROUPS)[number]}`;

/** Every file that has a name, the data groups in ascending order and `sod` last. */
export const FILE_NAMES: readonly DocvalFileName[] = /* @__PURE__ */ (() => [
  ...GROUPS.map((group) => `dg${group}` as const),
  "sod",
])();

/** Whether a text of the other side is one of the names; only then may it become a key. */
export const isFileName = (text: string): text is DocvalFileName =>
  (FILE_NAMES as readonly string[]).includes(text);

/** Files of one document by name, as they were read. */
export type DocvalFiles = ReadonlyMap<DocvalFileName, Uint8Array>;
