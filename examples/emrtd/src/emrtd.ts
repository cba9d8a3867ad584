import { group, lazy, type ProgramOptions } from "@org/command";

/** Every command under one name; each is loaded when it is asked for. */
export const emrtd = group({
  name: "emrtd",
  summary: "Reads, proves and makes electronic passports and identity cards (ICAO Doc 9303)",
  commands: [
    lazy(
      "verify",
      "judges the files of a chip, without the chip",
      async () => (await import("./commands/verify.js")).verify,
    ),
    lazy(
      "read",
      "opens a chip, reads it, lets it prove itself, and judges it",
      async () => (await import("./commands/read.js")).read,
    ),
    lazy(
      "chip",
      "lays a virtual chip into a virtual reader",
      async () => (await import("./commands/chip.js")).chip,
    ),
    lazy(
      "decode",
      "shows what a file of a chip says",
      async () => (await import("./commands/decode.js")).decode,
    ),
    lazy(
      "master-list",
      "shows the authorities of a master list, and who signed it",
      async () => (await import("./commands/master-list.js")).masterList,
    ),
    lazy(
      "mrz",
      "reads and writes machine readable zones",
      async () => (await import("./commands/mrz.js")).mrz,
    ),
    lazy(
      "personalise",
      "writes the files and keys of a test document",
      async () => (await import("./commands/personalise.js")).personalise,
    ),
  ],
});

export const EMRTD_OPTIONS: ProgramOptions = {
  errors: async () => (await import("./error-tables.js")).ERROR_TABLES,
};
