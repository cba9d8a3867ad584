import type { CommandApdu } from "./iso7816/command-apdu.js";
import type { ResponseApdu } from "./iso7816/response-apdu.js";

/** A conversation with a chip: yields commands, is given answers, returns what it was held for. */
export type Protocol<Result> = Generator<CommandApdu, Result, ResponseApdu>;

/** Whatever carries bytes to a chip and back: a card reader, a phone, a WebSocket, a virtual chip. */
export type Transceive = (command: Uint8Array) => Promise<Uint8Array>;
