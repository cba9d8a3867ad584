import { program } from "@org/command";
import { service } from "./service.js";

await program(service, {
  errors: async () => [
    (await import("@org/sinosecu-ws-client")).SINOSECU_ERRORS,
    (await import("@org/transports")).TRANSPORT_ERRORS,
  ],
});
