import { lazy, program } from "@org/command";

await program(
  lazy("mds-server", "registers devices", async () => (await import("./mds-server.js")).mdsServer),
  {
    errors: async () => [
      (await import("@org/mosip-mds-types")).MDS_ERRORS,
      (await import("@org/transports")).TRANSPORT_ERRORS,
    ],
  },
);
