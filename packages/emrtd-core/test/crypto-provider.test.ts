import { describe, test } from "vitest";
import { cryptoProviderCases } from "../src/conformance.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { nodeCrypto } from "../src/node/crypto.js";

describe.each([portableCrypto, nodeCrypto])("provider $name", (crypto) => {
  for (const { name, run } of cryptoProviderCases(crypto)) test(name, run);
});
