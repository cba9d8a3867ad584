import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { issueCvCertificate } from "../src/chip/pki/cv-certificate.js";
import { derivedEcKey } from "../src/chip/pki/keys.js";
import { portableCrypto } from "../src/crypto/portable.js";
import {
  anyCvCertificateContent,
  anyCvReference,
  anyHolderAuthorization,
} from "../src/cvc/arbitraries.js";
import { holderAuthorization, limitAuthorization } from "../src/cvc/authorization.js";
import {
  decodeCvCertificate,
  decodeCvObjects,
  encodeCvCertificate,
  encodeCvCertificateBody,
  encodeCvObjects,
} from "../src/cvc/certificate.js";
import { parseCvReference } from "../src/cvc/reference.js";
import { countingRandom } from "./support/counting-random.js";
import { decodesOrRefuses } from "./support/fuzz.js";

const issuer = {
  key: derivedEcKey("P-256", "issuer", portableCrypto),
  protocol: "0.4.0.127.0.7.2.2.2.2.3",
};
const tools = { crypto: portableCrypto, random: countingRandom() };
/** With a signature that is none: signing is dear, and decoding does not look at it. */
const unsigned = (body: Uint8Array) =>
  encodeCvCertificate({ body, signature: Uint8Array.of(1, 2, 3) });

describe("CV certificates", () => {
  test("what is written is read", () => {
    fc.assert(
      fc.property(anyCvCertificateContent(), (content) => {
        const bytes = unsigned(encodeCvCertificateBody(content));
        const decoded = decodeCvCertificate(bytes);
        expect(decoded).toMatchObject(content);
        expect(decoded.bytes).toBe(bytes);
        expect(encodeCvCertificateBody(decoded)).toEqual(decoded.body);
        expect(encodeCvCertificate(decoded)).toEqual(bytes);
        expect(decodeCvObjects(encodeCvObjects(decoded)).bytes).toEqual(bytes);
      }),
    );
  });

  test("an issued one is signed over its body", () => {
    fc.assert(
      fc.property(anyCvCertificateContent(), (content) => {
        const { body, signature } = decodeCvCertificate(issueCvCertificate(content, issuer, tools));
        expect(body).toEqual(encodeCvCertificateBody(content));
        expect(signature).toHaveLength(64);
      }),
      { numRuns: 5 },
    );
  });

  test("any bytes are a certificate or refused with our error", () => {
    decodesOrRefuses(
      decodeCvCertificate,
      anyCvCertificateContent().map((content) => unsigned(encodeCvCertificateBody(content))),
    );
  });

  test("references are taken apart and put together", () => {
    fc.assert(
      fc.property(anyCvReference(), (reference) => {
        expect(Object.values(parseCvReference(reference)!).join("")).toBe(reference);
      }),
    );
  });
});

describe("authorizations", () => {
  test("a holder keeps the rights that his authority has, and his role", () => {
    fc.assert(
      fc.property(anyHolderAuthorization(), anyHolderAuthorization(), (holder, issuing) => {
        const limited = limitAuthorization(holder, issuing);
        if (holder.terminalType !== issuing.terminalType) {
          expect(limited).toBeUndefined();
          return;
        }
        expect(limited).toEqual(
          holderAuthorization(
            issuing.terminalType as "IS",
            holder.role,
            holder.rights.filter((right) => issuing.rights.includes(right)),
          ),
        );
      }),
    );
  });
});
