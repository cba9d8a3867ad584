import { describe, expect, test } from "vitest";
import { portableCrypto } from "../src/crypto/portable.js";
import type { CryptoProvider } from "../src/crypto/provider.js";
import { nodeCrypto } from "../src/node/index.js";
import type { TrustSource } from "../src/trust/source.js";
import { check, deviations, verify } from "./support/judged.js";
import {
  AUTHORITY_KEY,
  AUTHORITY_NAME,
  makeAuthority,
  makeFiles,
  makeSignerCertificate,
  OTHER_KEY,
  withFlippedBit,
  x,
} from "./support/test-document.js";
import {
  LAST_KEY,
  linkExtensions,
  makeLink,
  RENEWED_KEY,
  trustingAlso,
} from "./support/test-trust.js";

const link = (bytes: Uint8Array): TrustSource => ({
  type: "link-certificate",
  bytes,
  origin: "link",
});
/** A document whose signer was certified with the newer key. */
const files = makeFiles({ certificate: makeSignerCertificate({ issuerKey: RENEWED_KEY }) });
const chain = (...sources: readonly TrustSource[]) =>
  check(verify(files, { trust: trustingAlso(...sources) }), "document-signer-chain");

describe.each([portableCrypto, nodeCrypto])("a link certificate, with $name", (crypto) => {
  test("leads from a signer under the newer key to the older anchor", () => {
    const trust = trustingAlso(link(makeLink()));
    const report = verify(files, { trust, crypto });
    expect(report.verdict).toBe("authentic");
    const { detail } = report.checks.find(({ id }) => id === "document-signer-chain")!;
    expect(detail).toMatchObject({
      anchor: "CN=CSCA,O=Utopia,C=UT",
      origin: "test",
      links: [{ subject: "CN=CSCA,O=Utopia,C=UT", origin: "link", source: "link-certificate" }],
    });
  });
});

describe("links", () => {
  test("are needed where only the older key is trusted", () => {
    expect(chain()).toEqual(["undetermined", "NO_TRUST_ANCHOR"]);
  });

  test("can follow each other, also where self-signed certificates stand among them", () => {
    const certificate = makeSignerCertificate({ issuerKey: LAST_KEY });
    const trust = trustingAlso(
      link(makeAuthority({ key: LAST_KEY })),
      link(makeAuthority({ key: RENEWED_KEY })),
      link(makeLink({ oldKey: RENEWED_KEY, newKey: LAST_KEY })),
      link(makeLink()),
    );
    expect(verify(makeFiles({ certificate }), { trust }).verdict).toBe("authentic");
  });

  test("can carry a change of name", () => {
    const newName = [
      ["countryName", "UT"],
      ["commonName", "New CSCA"],
    ] as const;
    const certificate = makeSignerCertificate({ issuerKey: RENEWED_KEY, issuer: newName });
    const trust = trustingAlso(link(makeLink({ subject: newName })));
    const report = verify(makeFiles({ certificate }), { trust });
    expect([report.verdict, deviations(report)]).toEqual(["authentic", []]);
  });

  test("with one altered byte lead nowhere", () => {
    const bytes = makeLink();
    expect(chain(link(bytes))).toEqual(["passed", null]);
    for (const offset of [-1, -40, 60]) {
      expect(chain(link(withFlippedBit(bytes, offset)))).toEqual([
        "undetermined",
        "NO_TRUST_ANCHOR",
      ]);
    }
  });

  test("signed by a key that is not trusted lead nowhere", () => {
    expect(chain(link(makeLink({ oldKey: OTHER_KEY })))).toEqual([
      "undetermined",
      "NO_TRUST_ANCHOR",
    ]);
    // The name and the identifier of the anchor's key, another key's signature.
    const extensions = linkExtensions(AUTHORITY_KEY, RENEWED_KEY);
    expect(chain(link(makeLink({ oldKey: OTHER_KEY, extensions })))).toEqual([
      "undetermined",
      "NO_TRUST_ANCHOR",
    ]);
  });

  test.each([
    ["a document signer's", [x.keyUsage("digitalSignature")]],
    ["one that says nothing of its use", []],
    ["one that may not sign certificates", [x.authorityConstraints(), x.keyUsage("cRLSign")]],
    [
      "one that says something critical that is not known",
      [x.authorityConstraints(), { id: "1.2.3.4", critical: true, value: Uint8Array.of(5, 0) }],
    ],
  ])("are no other certificates of the authority: %s", (_, extensions) => {
    const [authority, subject] = linkExtensions(AUTHORITY_KEY, RENEWED_KEY);
    const bytes = makeLink({ extensions: [authority!, subject!, ...extensions] });
    expect(chain(link(bytes))).toEqual(["undetermined", "NO_TRUST_ANCHOR"]);
  });

  test("do not lead from one country to another", () => {
    const subject = [
      ["countryName", "DE"],
      ["commonName", "CSCA"],
    ] as const;
    const certificate = makeSignerCertificate({ issuerKey: RENEWED_KEY, issuer: subject });
    const trust = trustingAlso(link(makeLink({ subject })));
    expect(check(verify(makeFiles({ certificate }), { trust }), "document-signer-chain")).toEqual([
      "undetermined",
      "NO_TRUST_ANCHOR",
    ]);
    expect(trust.countries().map(({ country }) => country)).toEqual(["UT"]);
  });

  test("are as many as real keys are renewed, and no more", () => {
    const keys = [AUTHORITY_KEY, RENEWED_KEY, LAST_KEY, OTHER_KEY];
    const links = keys.slice(1).map((newKey, i) => link(makeLink({ oldKey: keys[i]!, newKey })));
    const certificate = makeSignerCertificate({ issuerKey: OTHER_KEY });
    const trust = trustingAlso(...links);
    expect(verify(makeFiles({ certificate }), { trust }).verdict).toBe("authentic");
  });

  test("that sign each other in a circle end", () => {
    let verified = 0;
    const crypto: CryptoProvider = {
      ...nodeCrypto,
      ecdsaVerify: (...args) => {
        verified++;
        return nodeCrypto.ecdsaVerify(...args);
      },
    };
    const circle = [
      link(makeLink({ oldKey: OTHER_KEY, newKey: RENEWED_KEY })),
      link(makeLink({ oldKey: RENEWED_KEY, newKey: OTHER_KEY })),
      link(makeLink({ oldKey: LAST_KEY, newKey: RENEWED_KEY })),
      link(makeLink({ oldKey: RENEWED_KEY, newKey: LAST_KEY })),
    ];
    const report = verify(files, { trust: trustingAlso(...circle), crypto });
    expect(check(report, "document-signer-chain")).toEqual(["undetermined", "NO_TRUST_ANCHOR"]);
    expect(verified).toBeLessThan(30);
  });

  test("show in the country's view as anchors that were renewed", () => {
    const [country] = trustingAlso(link(makeLink())).countries();
    expect(country).toMatchObject({
      country: "UT",
      anchors: [{ origin: "test" }],
      renewed: [{ origin: "link", anchor: { origin: "test" } }],
    });
  });

  test("are judged when they issued the signer's certificate, as a finding", () => {
    const bytes = makeLink({ notAfter: new Date("2023-06-01T00:00:00Z") });
    const report = verify(files, { trust: trustingAlso(link(bytes)) });
    expect([report.verdict, deviations(report)]).toEqual([
      "authentic",
      ["ISSUED_OUTSIDE_VALIDITY"],
    ]);
  });

  test("are of the name that the signer gives, or the report says so", () => {
    const issuer = [...AUTHORITY_NAME].reverse();
    const certificate = makeSignerCertificate({ issuerKey: RENEWED_KEY, issuer });
    const report = verify(makeFiles({ certificate }), { trust: trustingAlso(link(makeLink())) });
    expect([report.verdict, deviations(report)]).toEqual(["authentic", ["ISSUER_NAME_REORDERED"]]);
  });
});
