import { lazy, program } from "@org/command";

await program(
  lazy(
    "docval-results",
    "takes results of a DocVal server",
    async () => (await import("./docval-results.js")).docvalResults,
  ),
  { errors: async () => [(await import("@org/docval-protocol")).DOCVAL_ERRORS] },
);
