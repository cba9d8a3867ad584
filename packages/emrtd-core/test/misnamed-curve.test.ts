import { describe, expect, test } from "vitest";
import { concatBytes, fromHex } from "../src/bytes.js";
import { derivedEcKey } from "../src/chip/pki.js";
import { EC_PUBLIC_KEY } from "../src/cms/algorithm.js";
import type { CurveName } from "../src/crypto/curves.js";
import { encodeEcParameters } from "../src/crypto/ec-parameters.js";
import { keyOfMisnamedCurve } from "../src/crypto/misnamed-curve.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { derBitString, derOid, derSequence } from "../src/der.js";
import { check, deviations, verify } from "./support/judged.js";
import { ECDSA, makeFiles, makeSignerCertificate } from "./support/test-document.js";

const keyInfo = (named: CurveName, point: Uint8Array, explicit = false) =>
  derSequence(
    derSequence(derOid(EC_PUBLIC_KEY), encodeEcParameters({ curve: named, explicit })),
    derBitString(point),
  );

/** The key of gmrtd/gmrtd#130, as its thread gives it: named brainpoolP224r1, and a point of P-224. */
const LITHUANIA = concatBytes(
  Uint8Array.of(0x04),
  fromHex("57d501cbae62f598dd1b3e4fbd8436f1c6369e909c2f03db3b0f3675"),
  fromHex("db2edd2c28150fd88d19b88f54203862864b8a48ec119f983e84047f"),
);

describe("a key that names another curve than its own", () => {
  test("is of the curve that its point is of", () => {
    for (const explicit of [false, true]) {
      expect(keyOfMisnamedCurve(keyInfo("brainpoolP224r1", LITHUANIA, explicit))).toEqual({
        type: "EC",
        curve: "P-224",
        point: LITHUANIA,
        explicitParameters: explicit,
      });
    }
  });

  test("is none where the name is right, or the point of no curve of this size", () => {
    expect(keyOfMisnamedCurve(keyInfo("P-224", LITHUANIA))).toBeUndefined();
    expect(keyOfMisnamedCurve(keyInfo("P-256", LITHUANIA))).toBeUndefined();
    const off = LITHUANIA.slice();
    off[56]! ^= 1;
    expect(keyOfMisnamedCurve(keyInfo("brainpoolP224r1", off))).toBeUndefined();
    expect(keyOfMisnamedCurve(derSequence(derSequence(derOid("1.2.3"))))).toBeUndefined();
  });

  test("signs a document that is authentic, and the report says so", () => {
    const key = derivedEcKey("brainpoolP256r1", "misnamed", portableCrypto);
    const point = portableCrypto.ecPublicKey("brainpoolP256r1", key.scalar);
    const certificate = makeSignerCertificate({ publicKey: keyInfo("P-256", point) });
    const report = verify(makeFiles({ certificate, signer: { key, algorithm: ECDSA } }));
    expect(report.verdict).toBe("authentic");
    expect(deviations(report)).toContain("KEY_CURVE_MISNAMED");
    const off = point.slice();
    off[64]! ^= 1;
    const broken = makeSignerCertificate({ publicKey: keyInfo("P-256", off) });
    const forged = verify(makeFiles({ certificate: broken, signer: { key, algorithm: ECDSA } }));
    expect(check(forged, "sod-signature")).toEqual(["failed", "KEY_MALFORMED"]);
  });
});
