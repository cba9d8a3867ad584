import { group, program } from "@org/command";
import { EMRTD_ERRORS } from "@org/emrtd-core";
import { decode } from "./commands/decode.js";
import { mrz } from "./commands/mrz.js";
import { personalise } from "./commands/personalise.js";
import { read } from "./commands/read.js";
import { verify } from "./commands/verify.js";

await program(
  group({
    name: "emrtd",
    summary: "Reads, proves and makes electronic passports and identity cards (ICAO Doc 9303)",
    commands: [verify, read, decode, mrz, personalise],
  }),
  { errors: [EMRTD_ERRORS] },
);
