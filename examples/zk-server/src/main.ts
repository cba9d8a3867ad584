import { lazy, program } from "@org/command";

await program(
  lazy(
    "zk-server",
    "serves ZKTeco attendance terminals, and never loses a punch",
    async () => (await import("./zk-server.js")).zkServer,
  ),
  { errors: async () => [(await import("@org/zk-push-codec")).ZK_PUSH_ERRORS] },
);
