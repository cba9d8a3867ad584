import { expect, test } from "vitest";
import { signContent } from "../src/chip/pki.js";
import { limitedVerifier } from "../src/cms/limited-verifier.js";
import { verifySignature } from "../src/cms/signature.js";
import { decodeSignedData } from "../src/cms/signed-data.js";
import { verifySignerInfo } from "../src/cms/verify-signer.js";
import { publicKeyOf } from "../src/crypto/private-key.js";
import { derSequence } from "../src/der.js";
import { SECURITY_OBJECT } from "../src/lds/card-security.js";
import { decodeSecurityInfos } from "../src/lds/security-infos.js";
import { LDS_SECURITY_OBJECT } from "../src/lds/sod.js";
import { nodeCrypto } from "../src/node/index.js";
import { ECDSA, makeSignerCertificate, SIGNER_KEY, tools } from "./support/test-document.js";

test("signed attributes cannot be given out as a content that was signed without any", () => {
  const signer = { key: SIGNER_KEY, algorithm: ECDSA, certificate: makeSignerCertificate() };
  const content = derSequence();
  const signed = decodeSignedData(signContent(LDS_SECURITY_OBJECT, content, [signer], tools));
  const [info] = signed.signerInfos;
  const key = publicKeyOf(SIGNER_KEY, nodeCrypto);
  const { verify } = limitedVerifier(nodeCrypto, 2);
  const options = { crypto: nodeCrypto, verify };
  expect(
    verifySignerInfo({ contentType: LDS_SECURITY_OBJECT, content }, info!, key, options).valid,
  ).toBe(true);

  const attributes = info!.signedAttributes!.signedBytes;
  expect(decodeSecurityInfos(attributes).map(({ type }) => type)).toContain("unknown");
  expect(verifySignature(key, ECDSA, attributes, info!.signature, nodeCrypto)).toBe(true);
  const forged = { contentType: SECURITY_OBJECT, content: attributes };
  expect(verifySignerInfo(forged, { ...info!, signedAttributes: undefined }, key, options)).toEqual(
    { valid: false, reason: "SIGNATURE_INVALID" },
  );
});
