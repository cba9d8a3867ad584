import { lazy, program } from "@org/command";

await program(
  lazy(
    "docval-client",
    "has a document verified by a DocVal server",
    async () => (await import("./docval-client.js")).docvalClient,
  ),
  {
    errors: async () => [
      (await import("@org/docval-protocol")).DOCVAL_ERRORS,
      ...(await import("@org/example-emrtd/errors")).ERROR_TABLES,
    ],
  },
);
