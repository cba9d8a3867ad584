import { createPublicKey, hash, type KeyObject, verify } from "node:crypto";
import { createTrustStore, decodeCertificate, decodeSod, verifyDocument } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { fromBER } from "asn1js";
import { ContentInfo, SignedData } from "pkijs";
import type { Contest } from "../harness.js";
import { type Documents, makeDocuments } from "./documents.js";

/** More than the keys that `nodeCrypto` remembers. */
const COUNT = 1_500;
const AT = new Date("2026-01-01T00:00:00Z");

/**
 * A whole verification against the cryptography in it: signer's key taken in, two signatures, and the
 * hashes of content and three groups. The authority's key is known to both from the first time on.
 */
export const documentAgainstNode = (): Contest => {
  const documents = makeDocuments(COUNT);
  const authority = decodeCertificate(documents.authority);
  const authorityKey = importKey(authority.subjectPublicKeyInfo);
  const bare = documents.files.map(({ SOD, DG1, DG2, DG14 }) => {
    const sod = decodeSod(SOD);
    const [signer] = sod.signedData.signerInfos;
    const certificate = decodeCertificate(sod.signedData.certificates[0]!);
    return {
      key: certificate.subjectPublicKeyInfo,
      attributes: signer!.signedAttributes!.signedBytes,
      signature: signer!.signature,
      certified: certificate.signedBytes,
      certificateSignature: certificate.signature,
      hashed: [sod.encapsulated.content, DG1, DG2, DG14],
    };
  });
  const next = cycle(bare);
  return {
    title: `verify of an EC P-256 EF.SOD with chain and three groups, ${COUNT} signers`,
    baseline: "node:crypto alone",
    contestants: {
      "node:crypto alone": () => {
        const document = next();
        const key = importKey(document.key);
        const right =
          verify("sha256", document.attributes, key, document.signature) &&
          verify("sha256", document.certified, authorityKey, document.certificateSignature);
        for (const bytes of document.hashed) hash("sha256", bytes, "buffer");
        if (!right) throw new Error("expected right signatures");
      },
      "emrtd-core": verifier(documents),
    },
    budgets: [{ contestant: "emrtd-core", atMost: 1.6 }],
  };
};

/** The same whole verification against pkijs, which does the signer's signature and nothing else. */
export const documentAgainstPkijs = (): Contest => {
  const documents = makeDocuments(COUNT);
  const signedData = documents.files.map(({ SOD }) => decodeSod(SOD).bytes);
  // EF.SOD is tag, length in two bytes more, and the SignedData.
  const next = cycle(signedData.map((bytes) => bytes.slice(4).buffer));
  return {
    title: "verify of an EC P-256 EF.SOD, all of it, against the signer's signature alone",
    baseline: "pkijs, signer only",
    contestants: {
      "pkijs, signer only": async () => {
        const { result } = fromBER(next());
        const content = new ContentInfo({ schema: result });
        const signed = new SignedData({ schema: content.content });
        if (!(await signed.verify({ signer: 0 }))) throw new Error("expected a right signature");
      },
      "emrtd-core, all of it": verifier(documents),
    },
    budgets: [{ contestant: "emrtd-core, all of it", atMost: 0.1 }],
  };
};

const verifier = ({ authority, files }: Documents): (() => void) => {
  const trust = createTrustStore([{ type: "certificate", bytes: authority }], {
    crypto: nodeCrypto,
  });
  const next = cycle(files);
  const verifyNext = () => {
    const { verdict } = verifyDocument(next(), trust, { at: AT, crypto: nodeCrypto });
    if (verdict !== "authentic") throw new Error(`expected authentic, found ${verdict}`);
  };
  // A server is warm after its first thousands; a batch of the harness is a hundred.
  for (let i = 0; i < 2 * files.length; i++) verifyNext();
  return verifyNext;
};

const importKey = (spki: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });

const cycle = <T>(items: readonly T[]): (() => T) => {
  let index = 0;
  return () => items[index++ % items.length]!;
};
