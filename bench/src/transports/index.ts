import type { Benchmark } from "../harness.js";
import { pcscExchange } from "./pcsc.js";
import { vpcdExchange } from "./vpcd.js";

export const transports: Benchmark = {
  name: "transports",
  summary: "carrying an APDU: a virtual card, its reader and the socket between them",
  contests: [
    vpcdExchange(5, 258, 2),
    vpcdExchange(260, 2, 2),
    // Here the copies count, which the echo, that looks at nothing, does not make.
    vpcdExchange(7, 65_535, 6),
    ...(process.env["PCSCD_PID"] ? [pcscExchange] : []),
  ],
};
