import { randomBytes as platformBytes } from "node:crypto";

/** The platform's random bytes. */
export const randomBytes = (length: number): Uint8Array => new Uint8Array(platformBytes(length));
