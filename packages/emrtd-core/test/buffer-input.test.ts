import { describe, expect, test } from "vitest";
import { PROFILES, type ProfileName, personalise } from "../src/chip/index.js";
import { simulatorAnchors } from "../src/chip/pki.js";
import { decodeFile, verifyDocument } from "../src/index.js";
import { incremented } from "../src/iso7816/sm-cipher.js";
import { nodeCrypto } from "../src/node/index.js";
import { createTrustStore } from "../src/trust/store.js";

/** What files and sockets of Node give: `slice` of it is no copy. */
const buffer = (bytes: Uint8Array): Uint8Array => Buffer.from(bytes);

const options = { at: new Date("2026-01-01T00:00:00Z"), crypto: nodeCrypto };

describe("bytes in a Buffer of Node", () => {
  test.each(Object.keys(PROFILES) as ProfileName[])(
    "of %s are left as they are, and judged as any others",
    (profile) => {
      const { files } = personalise(profile, { crypto: nodeCrypto });
      const given = Object.fromEntries(
        Object.entries(files).map(([name, bytes]) => [name, buffer(bytes)]),
      );
      const trust = createTrustStore(
        simulatorAnchors(nodeCrypto).map((bytes) => ({
          type: "certificate",
          bytes: buffer(bytes),
        })),
      );
      const report = verifyDocument(files, trust, options);
      expect(verifyDocument(given, trust, options)).toEqual(report);
      for (const [name, bytes] of Object.entries(given)) decodeFile(bytes, name);
      expect(verifyDocument(given, trust, options)).toEqual(report);
      expect(given).toEqual(
        Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, buffer(bytes)])),
      );
    },
  );

  test("that a trust store was made of may change afterwards", () => {
    const [anchor] = simulatorAnchors(nodeCrypto);
    const bytes = buffer(anchor!);
    const store = createTrustStore([{ type: "certificate", bytes }]);
    bytes.fill(0);
    expect(store.anchors.map(({ certificate }) => certificate.bytes)).toEqual([anchor]);
  });

  test("are a counter that is not counted up for somebody else", () => {
    const counter = buffer(new Uint8Array(8));
    expect(incremented(counter)).toEqual(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1));
    expect(counter).toEqual(buffer(new Uint8Array(8)));
  });
});
