import fc from "fast-check";
import { fromBigInt } from "../bytes.js";
import { CURVES } from "../crypto/curves.js";
import { anyForeignObjects } from "../lds/arbitraries.js";
import { type HolderAuthorization, holderAuthorization } from "./authorization.js";
import type { CvCertificateContent } from "./certificate.js";
import { type CvDate, cvDateOf } from "./date.js";
import { TERMINAL_AUTHENTICATION_PROTOCOLS } from "./protocol.js";
import type { CvPublicKey } from "./public-key.js";
import { TERMINAL_TYPES } from "./rights.js";

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const text = (characters: readonly string[], minLength: number, maxLength = minLength) =>
  fc
    .array(fc.constantFrom(...characters), { minLength, maxLength })
    .map((chosen) => chosen.join(""));

/** A reference as Doc 9303-12 has it: country, mnemonic, sequence number. */
export const anyCvReference = (): fc.Arbitrary<string> =>
  fc
    .tuple(text(LETTERS, 2), text([...LETTERS, "ä", " ", "-"], 1, 9), text([..."0123456789"], 5))
    .map((parts) => parts.join(""));

/** A day of this century. */
export const anyCvDate = (): fc.Arbitrary<CvDate> =>
  fc
    .date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
    .map(cvDateOf);

export const anyHolderAuthorization = (): fc.Arbitrary<HolderAuthorization> =>
  fc
    .tuple(
      fc.constantFrom(...TERMINAL_TYPES),
      fc.constantFrom("CVCA", "DV-domestic", "DV-foreign", "terminal"),
    )
    .chain(([{ type, rights }, role]) =>
      fc
        .subarray(rights.map(([, right]) => right))
        .map((chosen) => holderAuthorization(type, role, chosen)),
    );

/** A key that can be written and read; nobody says that it is a point, or the product of two primes. */
export const anyCvPublicKey = (): fc.Arbitrary<CvPublicKey> =>
  fc.constantFrom(...TERMINAL_AUTHENTICATION_PROTOCOLS).chain(({ oid: protocol, algorithm }) =>
    algorithm.scheme === "ECDSA"
      ? fc
          .record({ curve: fc.constantFrom(...CURVES), stated: fc.boolean(), fill: fc.nat(255) })
          .map(({ curve: { name, fieldLength }, stated, fill }): CvPublicKey => {
            const point = new Uint8Array(1 + 2 * fieldLength).fill(fill);
            return { type: "EC", protocol, ...(stated ? { curve: name } : {}), point };
          })
      : fc.bigInt({ min: 1n << 511n, max: (1n << 4_096n) - 1n }).map((value): CvPublicKey => {
          const modulus = value | 1n;
          const length = Math.ceil(modulus.toString(16).length / 2);
          return {
            type: "RSA",
            protocol,
            modulus: fromBigInt(modulus, length),
            exponent: Uint8Array.of(1, 0, 1),
          };
        }),
  );

export const anyCvCertificateContent = (): fc.Arbitrary<CvCertificateContent> =>
  fc.record(
    {
      authorityReference: anyCvReference(),
      publicKey: anyCvPublicKey(),
      holderReference: anyCvReference(),
      authorization: anyHolderAuthorization(),
      effectiveDate: anyCvDate(),
      expirationDate: anyCvDate(),
      extensions: fc.array(
        fc.record({
          oid: fc.nat(1_000).map((arc) => `2.23.136.1.1.9.${arc}`),
          objects: anyForeignObjects(),
        }),
        { maxLength: 3 },
      ),
    },
    {
      requiredKeys: [
        "authorityReference",
        "publicKey",
        "holderReference",
        "authorization",
        "effectiveDate",
        "expirationDate",
      ],
    },
  );
