import { lazy, program } from "@org/command";

await program(
  lazy(
    "zk-device",
    "plays ZKTeco attendance terminals against a server",
    async () => (await import("./zk-device.js")).zkDevice,
  ),
  { errors: async () => [(await import("@org/zk-push-codec")).ZK_PUSH_ERRORS] },
);
