import { X509Certificate } from "node:crypto";
import {
  type ChainResult,
  decodeBase64,
  parseCertificate,
  verifyChain,
} from "@org/mosip-mds-types";
import { describe, expect, test } from "vitest";
import openssl from "./vectors/openssl.json" with { type: "json" };

type Name = keyof typeof openssl.certificates;
const der = (name: Name): Uint8Array => decodeBase64(openssl.certificates[name]);
const signedAt = new Date(openssl.signedAt);

const judge = async (
  signer: Name,
  links: readonly Name[] = ["provider"],
  anchors: readonly Name[] = ["root"],
  at = signedAt,
): Promise<string> => {
  const result: ChainResult = await verifyChain(
    der(signer),
    links.map(der),
    anchors.map((name) => parseCertificate(der(name))),
    at,
  );
  return result.trusted ? `trusted by ${result.path.length}` : result.reason;
};

describe("certificates made by OpenSSL", () => {
  test.each(Object.keys(openssl.certificates) as Name[])("%s reads as Node reads it", (name) => {
    const ours = parseCertificate(der(name));
    const nodes = new X509Certificate(der(name));
    expect(ours.serialNumber.replace(/^00/, "")).toBe(nodes.serialNumber);
    expect(ours.notBefore).toEqual(new Date(nodes.validFrom));
    expect(ours.notAfter).toEqual(new Date(nodes.validTo));
    // Node calls nobody an authority whose key may not certify.
    expect(ours.isCa === true && ours.keyUsage?.[5] !== false).toBe(nodes.ca);
    expect(Buffer.from(ours.subjectPublicKeyInfo)).toEqual(
      nodes.publicKey.export({ format: "der", type: "spki" }),
    );
  });
});

describe("the way from a signer to an anchor", () => {
  test("over a provider, at once to the provider, or the signer itself", async () => {
    expect(await judge("device")).toBe("trusted by 3");
    expect(await judge("device", [], ["provider"])).toBe("trusted by 2");
    expect(await judge("device", [], ["device"])).toBe("trusted by 1");
    expect(await judge("sha512Device")).toBe("trusted by 3");
  });

  test("elliptic authorities of three curves", async () => {
    expect(await judge("p256Device", [], ["p256"])).toBe("trusted by 2");
    expect(await judge("p384Device", [], ["p384"])).toBe("trusted by 2");
    expect(await judge("p521Device", [], ["p521"])).toBe("trusted by 2");
  });

  test("links in any order, and some that have nothing to do with it", async () => {
    expect(await judge("device", ["ftm", "p256", "provider", "device", "notCa"])).toBe(
      "trusted by 3",
    );
  });

  test.each<[string, Name, readonly Name[], readonly Name[], string]>([
    ["no anchor", "device", ["provider"], [], "NO_TRUST_ANCHOR"],
    ["no link", "device", [], ["root"], "NO_PATH_TO_ANCHOR"],
    ["links are not anchors", "device", ["provider", "root"], ["p256"], "NO_PATH_TO_ANCHOR"],
    ["another world", "ftm", ["ftmRoot"], ["root"], "NO_PATH_TO_ANCHOR"],
    [
      "a root of the same name",
      "device",
      ["provider"],
      ["rootOfSameName"],
      "CERTIFICATE_SIGNATURE",
    ],
    ["after its end", "expired", ["provider"], ["root"], "CERTIFICATE_EXPIRED"],
    ["before its beginning", "future", ["provider"], ["root"], "CERTIFICATE_NOT_YET_VALID"],
    ["a link after its end", "oldProviderDevice", ["oldProvider"], ["root"], "CERTIFICATE_EXPIRED"],
    ["a key that may not sign", "encOnly", ["provider"], ["root"], "CERTIFICATE_KEY_USAGE"],
    [
      "an unknown critical extension",
      "critical",
      ["provider"],
      ["root"],
      "CERTIFICATE_UNSUPPORTED",
    ],
    ["names that are constrained", "namesDevice", ["names"], ["root"], "CERTIFICATE_UNSUPPORTED"],
    ["SHA-1", "sha1", ["provider"], ["root"], "CERTIFICATE_UNSUPPORTED"],
    ["RSA-PSS", "pss", ["provider"], ["root"], "CERTIFICATE_UNSUPPORTED"],
    [
      "a link that says it is no authority",
      "notCaDevice",
      ["notCa"],
      ["root"],
      "CERTIFICATE_NOT_CA",
    ],
    ["a link that does not say", "plainDevice", ["plain"], ["root"], "CERTIFICATE_NOT_CA"],
    [
      "a link that may not certify",
      "noCertSignDevice",
      ["noCertSign"],
      ["root"],
      "CERTIFICATE_KEY_USAGE",
    ],
    [
      "an authority too many",
      "belowDevice",
      ["below", "provider"],
      ["root"],
      "CERTIFICATE_PATH_LENGTH",
    ],
  ])("%s", async (_what, signer, links, anchors, reason) => {
    expect(await judge(signer, links, anchors)).toBe(reason);
  });

  test("dates are those of signing, and an anchor's own do not count", async () => {
    expect(await judge("expired", ["provider"], ["root"], new Date("2025-06-01T00:00:00Z"))).toBe(
      "trusted by 3",
    );
    expect(await judge("oldProviderDevice", [], ["oldProvider"])).toBe("trusted by 2");
  });

  test("what is no certificate is no signer, and no link", async () => {
    const anchors = [parseCertificate(der("root"))];
    const broken = der("device").subarray(0, 300);
    expect(await verifyChain(broken, [], anchors, signedAt)).toEqual({
      trusted: false,
      reason: "CERTIFICATE_MALFORMED",
    });
    const links = [broken, Uint8Array.of(), der("provider")];
    expect(await verifyChain(der("device"), links, anchors, signedAt)).toMatchObject({
      trusted: true,
    });
  });
});

describe("every byte of a certificate matters", () => {
  test("one flipped bit anywhere is never trusted", async () => {
    const anchors = [parseCertificate(der("provider"))];
    const whole = der("device");
    for (let at = 0; at < whole.length; at += 1) {
      const copy = whole.slice();
      copy[at]! ^= 1 << (at % 8);
      const { trusted } = await verifyChain(copy, [], anchors, signedAt);
      expect({ at, trusted }).toEqual({ at, trusted: false });
    }
  });

  test("nor is one that was cut short or made longer", async () => {
    const anchors = [parseCertificate(der("provider"))];
    const whole = der("device");
    for (const copy of [whole.subarray(0, -1), new Uint8Array([...whole, 0])]) {
      expect((await verifyChain(copy, [], anchors, signedAt)).trusted).toBe(false);
    }
  });
});
