export type { CommandApdu } from "./command-apdu.js";
export type { ResponseApdu } from "./response-apdu.js";
