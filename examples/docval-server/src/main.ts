import { lazy, program } from "@org/command";

await program(
  lazy(
    "docval-server",
    "verifies documents through phones that hold them (DocVal, versions 1 and 2)",
    async () => (await import("./docval-server.js")).docvalServer,
  ),
  {
    errors: async () => [
      (await import("@org/docval-protocol")).DOCVAL_ERRORS,
      ...(await import("@org/example-emrtd/errors")).ERROR_TABLES,
    ],
  },
);
