import { lazy, program } from "@org/command";

await program(
  lazy(
    "mds-device",
    "plays a biometric device",
    async () => (await import("./mds-device.js")).mdsDevice,
  ),
  {
    errors: async () => [
      (await import("@org/mosip-mds-types")).MDS_ERRORS,
      (await import("@org/transports")).TRANSPORT_ERRORS,
    ],
  },
);
