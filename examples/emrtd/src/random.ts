import { randomBytes } from "node:crypto";
import type { RandomBytes } from "@org/emrtd-core";

/** The platform's random bytes. */
export const platformRandom: RandomBytes = (length) => new Uint8Array(randomBytes(length));
