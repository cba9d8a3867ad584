import { bytesOf, wireOf } from "../bytes.js";
import { type CodecOptions, contextOf } from "../context.js";
import type { Fields, ValuesOf } from "../fields.js";
import type { KeyValues } from "../key-values.js";
import { type Codec, keysOf } from "../keyed-message.js";
import { FACTORS_BODY } from "../requests/exchange-factors.js";
import { PUBLIC_KEY_BODY } from "../requests/exchange-public-key.js";

const reply = /* @__NO_SIDE_EFFECTS__ */ <F extends Fields>(
  name: string,
  section: string,
  pairs: KeyValues<F>,
): Codec<ValuesOf<F>> => ({
  name,
  section,
  since: "2.4.0",
  schema: keysOf(pairs.fields),
  decode: (bytes, options: CodecOptions = {}) =>
    pairs.decode(wireOf(bytes), contextOf(options), name),
  encode: (value, options: CodecOptions = {}) =>
    bytesOf(pairs.encode(value, contextOf(options), name)),
});

/** The server's public key. Attendance PUSH 3.7, chapter 6: `PublicKey=…`. */
export const PublicKeyReply = /* @__PURE__ */ reply("public key reply", "6", PUBLIC_KEY_BODY);

/** The server's half of the session key. Attendance PUSH 3.7, chapter 7: `Factors=…`. */
export const FactorsReply = /* @__PURE__ */ reply("factors reply", "7", FACTORS_BODY);
