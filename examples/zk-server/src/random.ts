import { randomBytes } from "node:crypto";

/** A command id: time and chance, 16 letters and digits. */
export const newCommandId = (): string => {
  const chance = randomBytes(8).readBigUInt64BE().toString(36);
  return (Date.now().toString(36) + chance.padStart(13, "0").slice(-8)).slice(-16);
};

/** A token that nobody guesses. */
export const newToken = (): string => randomBytes(24).toString("base64url");
