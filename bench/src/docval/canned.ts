/** READ BINARY of short form under secure messaging, and what comes back. */
export const COMMAND = Uint8Array.from(
  Buffer.from("0cb09e000d9701e08e08000102030405060700", "hex"),
);
export const ANSWER_BYTES = 258;
/** Commands of one session. */
export const EXCHANGES = 200;
