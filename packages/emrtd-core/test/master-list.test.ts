import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signContent } from "../src/chip/pki.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { derOctetString, derSequence } from "../src/der.js";
import { nodeCrypto } from "../src/node/index.js";
import { encodeMasterList, ID_MASTER_LIST } from "../src/trust/master-list.js";
import { openMasterList } from "../src/trust/open-master-list.js";
import { createTrustStore } from "../src/trust/store.js";
import { verify } from "./support/judged.js";
import {
  AUTHORITY_KEY,
  ECDSA,
  makeAuthority,
  makeFiles,
  makeSignerCertificate,
  OTHER_KEY,
  signerExtensions,
  tools,
  trusting,
  withFlippedBit,
  x,
} from "./support/test-document.js";
import {
  LAST_KEY,
  LISTED,
  makeLink,
  makeListSigner,
  makeMasterList,
  RENEWED_KEY,
} from "./support/test-trust.js";

const root = makeAuthority();
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const store = (bytes: Uint8Array, pinned: Uint8Array | null = root) =>
  createTrustStore([
    { type: "master-list", bytes, origin: "a list", ...(pinned ? { root: pinned } : {}) },
  ]);

describe.each([portableCrypto, nodeCrypto])("a master list, with $name", (crypto) => {
  test("is trusted under the root that it was signed under", () => {
    const { trust, certificates, signingTime } = openMasterList(makeMasterList(), { root, crypto });
    expect(trust).toMatchObject({ trusted: true, signingTime: LISTED });
    expect(certificates.map(({ bytes }) => bytes)).toEqual([root]);
    expect(signingTime).toEqual(LISTED);
  });

  test("is refused under another root", () => {
    const other = makeAuthority({ key: OTHER_KEY });
    const { trust } = openMasterList(makeMasterList(), { root: other, crypto });
    expect(trust).toEqual({ trusted: false, reason: "NO_TRUST_ANCHOR" });
  });
});

describe("anchors of a master list", () => {
  test("are trusted, and come with their list and its date", () => {
    const trust = store(makeMasterList());
    expect(trust.anchors).toMatchObject([
      { source: "master-list", origin: "a list", date: LISTED },
    ]);
    const report = verify(makeFiles(), { trust });
    expect(report.verdict).toBe("authentic");
    const chain = report.checks.find(({ id }) => id === "document-signer-chain");
    expect(chain?.detail).toMatchObject({
      source: "master-list",
      origin: "a list",
      date: "2025-06-01T00:00:00.000Z",
    });
  });

  test("are not trusted without a root", () => {
    const trust = store(makeMasterList(), null);
    expect(trust.anchors).toEqual([]);
    expect(verify(makeFiles(), { trust }).verdict).toBe("undetermined");
  });

  test("do not include the root, unless the list does", () => {
    const trust = store(makeMasterList([makeAuthority({ key: OTHER_KEY })]));
    expect(verify(makeFiles(), { trust }).verdict).toBe("undetermined");
  });

  test("stand beside entries that are no certificates", () => {
    const list = makeMasterList([derSequence(derOctetString(new Uint8Array(200))), root]);
    expect(openMasterList(list, { root })).toMatchObject({ unreadable: 1 });
    expect(store(list).anchors).toHaveLength(1);
  });

  test("are seen by country", () => {
    const germany = makeAuthority({ key: OTHER_KEY, subject: [["countryName", "de"]] });
    const nobody = makeAuthority({ key: LAST_KEY, subject: [["commonName", "nobody"]] });
    const countries = store(makeMasterList([root, germany, nobody])).countries();
    expect(countries.map(({ country, anchors }) => [country, anchors.length])).toEqual([
      [null, 1],
      ["DE", 1],
      ["UT", 1],
    ]);
  });
});

describe("a master list is refused, and the store with it", () => {
  const refused = (bytes: Uint8Array, pinned = root) =>
    expect(() => store(bytes, pinned)).toThrow(
      expect.objectContaining({ code: "TRUST_LIST_REFUSED" }),
    );

  test("where another authority issued the signer's certificate", () => {
    refused(makeMasterList([root], makeListSigner({ issuerKey: OTHER_KEY })));
    refused(makeMasterList(), makeAuthority({ key: OTHER_KEY }));
  });

  test("where another key signed", () => {
    refused(makeMasterList([root], makeListSigner({ key: OTHER_KEY })));
  });

  test("where a document signer of the same authority signed", () => {
    const certificate = makeSignerCertificate();
    refused(makeMasterList([root], makeListSigner({ signer: { certificate } })));
    const content = {
      extensions: [...signerExtensions(), x.extKeyUsage("2.23.136.1.1.3"), x.documentTypeList("P")],
    };
    refused(makeMasterList([root], makeListSigner({ content })));
  });

  test("where a signer of other lists signed", () => {
    refused(makeMasterList([root], makeListSigner({ usage: "2.23.136.1.1.8" })));
  });

  test("where the signer's certificate says something critical that is not known", () => {
    const [authority, subject, usage] = signerExtensions();
    const unknown = { id: "1.2.3.4", critical: true, value: Uint8Array.of(5, 0) };
    const extensions = [authority!, subject!, usage!, x.extKeyUsage("2.23.136.1.1.3"), unknown];
    refused(makeMasterList([root], makeListSigner({ content: { extensions } })));
  });

  test("where the signer's certificate is not in it", () => {
    const content = encodeMasterList({ version: 0, certificates: [root] });
    const list = signContent(ID_MASTER_LIST, content, [makeListSigner()], tools, []);
    refused(list);
  });

  test("where any bit is another one that counts", () => {
    const list = makeMasterList();
    const signature = list.length - 1;
    for (const offset of [signature, -40]) refused(withFlippedBit(list, offset));
    // A bit of the listed certificate: the content is not the one that was signed.
    const at = indexOf(list, root);
    refused(withFlippedBit(list, at + root.length - 5));
  });

  test("and says so with its origin, or that it is no such list at all", () => {
    expect(() => store(makeMasterList(), makeAuthority({ key: OTHER_KEY }))).toThrow(/^a list: /);
    for (const bytes of [root, makeFiles().SOD, new Uint8Array(), derSequence()]) {
      expect(() => store(bytes)).toThrow(expect.objectContaining({ code: "TRUST_SOURCE_INVALID" }));
    }
    expect(() => store(makeMasterList(), text("no certificate"))).toThrow(
      expect.objectContaining({ code: "TRUST_SOURCE_INVALID" }),
    );
  });
});

describe("a master list is taken", () => {
  test("where the root itself signed it, as lists of old are", () => {
    const signer = { key: AUTHORITY_KEY, algorithm: ECDSA, certificate: root };
    expect(store(makeMasterList([root], signer)).anchors).toHaveLength(1);
  });

  test("where link certificates in it lead from its signer to an older root", () => {
    const signer = makeListSigner({ issuerKey: RENEWED_KEY });
    const renewed = makeAuthority({ key: RENEWED_KEY });
    expect(store(makeMasterList([renewed, makeLink()], signer)).anchors).toHaveLength(2);
    const carried = { ...signer, issuers: [makeLink()] };
    expect(store(makeMasterList([renewed], carried)).anchors).toHaveLength(1);
    expect(() => store(makeMasterList([renewed], signer))).toThrow(
      expect.objectContaining({ code: "TRUST_LIST_REFUSED" }),
    );
  });

  test("as PEM, its root as well", () => {
    const base64 = btoa(String.fromCharCode(...makeMasterList())).replace(/.{64}/g, "$&\n");
    const list = text(`-----BEGIN CMS-----\n${base64}\n-----END CMS-----\n`);
    const pem = text(new X509Certificate(root).toString());
    expect(store(list, pem).anchors).toHaveLength(1);
  });

  test("with a link certificate, whose key is an anchor then", () => {
    const trust = store(makeMasterList([makeLink()]));
    const certificate = makeSignerCertificate({ issuerKey: RENEWED_KEY });
    expect(verify(makeFiles({ certificate }), { trust }).verdict).toBe("authentic");
  });
});

test("a list without root lends its certificates as links to anchors that are trusted", () => {
  const certificate = makeSignerCertificate({ issuerKey: RENEWED_KEY });
  const files = makeFiles({ certificate });
  const bytes = makeMasterList([makeLink(), makeAuthority({ key: RENEWED_KEY })]);
  const trust = createTrustStore([
    { type: "certificate", bytes: root },
    { type: "master-list", bytes },
  ]);
  expect(verify(files, { trust }).verdict).toBe("authentic");
  expect(verify(files, { trust: trusting(root) }).verdict).toBe("undetermined");
});

const indexOf = (bytes: Uint8Array, part: Uint8Array): number =>
  bytes.findIndex((_, at) => part.every((byte, i) => bytes[at + i] === byte));
