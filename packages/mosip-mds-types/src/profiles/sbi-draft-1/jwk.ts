import * as z from "zod/mini";
import type { Fields } from "../../fields.js";

/** A public key as a JSON Web Key, RFC 7517; further members stay as they are. */
export const jwk = (_f: Fields) =>
  z.looseObject({ kty: z.string(), kid: z.exactOptional(z.string()) });
