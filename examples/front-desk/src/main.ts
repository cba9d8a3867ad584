import { lazy, program } from "@org/command";

await program(
  lazy(
    "front-desk",
    "one web page that joins the five protocols: passport, proof, sample, time clock",
    async () => (await import("./command.js")).frontDesk,
  ),
  { errors: async () => (await import("./error-tables.js")).ERROR_TABLES },
);
