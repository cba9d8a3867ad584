import { lazy, program } from "@org/command";

await program(
  lazy(
    "mds-keys",
    "makes keys for devices and all round them",
    async () => (await import("./mds-keys.js")).mdsKeys,
  ),
  {
    errors: async () => [(await import("@org/mosip-mds-types")).MDS_ERRORS],
  },
);
