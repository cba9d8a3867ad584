import { lazy, program } from "@org/command";

await program(
  lazy(
    "mds-check",
    "checks a device service",
    async () => (await import("./mds-check.js")).mdsCheck,
  ),
  {
    errors: async () => [
      (await import("@org/mosip-mds-types")).MDS_ERRORS,
      (await import("@org/transports")).TRANSPORT_ERRORS,
    ],
  },
);
