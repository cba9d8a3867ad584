import { describe, test } from "vitest";
import type { DocumentName } from "./support/documents.js";
import { CLIENTS, EXPECTED, holds } from "./support/matrix.js";

describe.each(CLIENTS)("%s, version %i", (as, version) => {
  test.each(Object.keys(EXPECTED) as DocumentName[])("%s", (document) =>
    holds(as, version, document),
  );
});

test("a hundred orders of files, each in a session of its own", async () => {
  for (let seed = 1; seed <= 100; seed++) await holds("ios-2.1.2", 2, "both", seed);
});
