/** What `--chip` takes. */
export const CHIP_KINDS = {
  sim: { form: "sim[:PROFILE]", help: "a virtual chip of a profile" },
  dir: { form: "dir:DIR", help: "a virtual chip made from files and keys" },
  pcsc: {
    form: "pcsc[:READER]",
    help: "a document on a card reader, by name, part of a name, or number",
  },
  vpcd: { form: "vpcd[:PORT]", help: "we listen as the reader, and a virtual card dials in" },
  replay: { form: "replay:FILE", help: "a recorded reading, byte for byte" },
} as const;
export type ChipKind = keyof typeof CHIP_KINDS;

export const isChipKind = (name: string): name is ChipKind => Object.hasOwn(CHIP_KINDS, name);

export const CHIP_FORMS = Object.values(CHIP_KINDS)
  .map(({ form }) => form)
  .join(", ");

export const CHIP_HELP = Object.values(CHIP_KINDS)
  .map(({ form, help }) => `  ${form.padEnd(14)} ${help}`)
  .join("\n");
