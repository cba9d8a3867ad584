import { describe, expect, test } from "vitest";
import { derivedEcKey } from "../src/chip/pki/keys.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { holderAuthorization } from "../src/cvc/authorization.js";
import { type CvCertificate, decodeCvCertificate } from "../src/cvc/certificate.js";
import { trustPointOf } from "../src/cvc/key.js";
import { TERMINAL_AUTHENTICATION_PROTOCOLS } from "../src/cvc/protocol.js";
import { type CvVerifierState, verifyCvChain } from "../src/cvc/verify.js";
import { EmrtdError } from "../src/errors.js";
import { nodeCrypto } from "../src/node/index.js";
import { certify, chipTrusting, type Holder, TODAY } from "./support/cv-pki.js";

const cvca = certify("UTCVCA00001");
const dv = certify("UTDV00001", cvca);
const terminal = certify("UTIS00001", dv);
const state = chipTrusting(cvca);

const chain = (...holders: readonly Holder[]) => holders.map(({ certificate }) => certificate);
const verify = (
  certificates: readonly CvCertificate[],
  from: CvVerifierState = state,
  crypto = nodeCrypto,
) => verifyCvChain(certificates, from, crypto);
const reason = (certificates: readonly CvCertificate[], from?: CvVerifierState) => {
  const result = verify(certificates, from);
  return result.status === "failed" ? [result.reason, result.at] : ["passed"];
};

describe("a chain from authority to terminal", () => {
  test.each([portableCrypto, nodeCrypto])("holds with $name", (crypto) => {
    const result = verify(chain(dv, terminal), state, crypto);
    expect(result).toMatchObject({
      status: "passed",
      key: {
        reference: "UTIS00001",
        key: { type: "EC", curve: "P-256", explicitParameters: false },
        authorization: { role: "terminal", rights: ["read-dg3", "read-dg4"] },
      },
    });
  });

  test.each(TERMINAL_AUTHENTICATION_PROTOCOLS)("holds with $name", ({ oid }) => {
    const authority = certify("UTCVCA00001", undefined, { protocol: oid });
    const verifier = certify("UTDV00001", authority);
    const certificates = chain(verifier, certify("UTIS00001", verifier));
    expect(reason(certificates, chipTrusting(authority))).toEqual(["passed"]);
  });

  test("leaves a terminal what all above it have", () => {
    const limited = certify("UTDV00001", cvca, { rights: ["read-dg3"] });
    const result = verify(chain(limited, certify("UTIS00001", limited)));
    expect(result.status === "passed" && result.key.authorization.rights).toEqual(["read-dg3"]);
    const poor = certify("UTCVCA00001", undefined, { rights: ["read-dg4"] });
    const rich = certify("UTDV00001", poor);
    const other = verify(chain(rich, certify("UTIS00001", rich)), chipTrusting(poor));
    expect(other.status === "passed" && other.key.authorization.rights).toEqual(["read-dg4"]);
  });

  test("leaves it rights in other applications likewise", () => {
    const travelRecords = "2.23.136.1.1.9.1.3";
    const extension = (oid: string, bits: number) => ({
      oid,
      objects: [{ tag: 0x53, value: Uint8Array.of(bits) }],
    });
    const authority = certify("UTCVCA00001", undefined, {
      extensions: [extension(travelRecords, 7), extension("2.23.136.1.1.9.2.3", 1)],
    });
    const verifier = certify("UTDV00001", authority, { extensions: [extension(travelRecords, 6)] });
    const inspection = certify("UTIS00001", verifier, {
      extensions: [extension(travelRecords, 3), extension("2.23.136.1.1.9.2.3", 1)],
    });
    const result = verify(chain(verifier, inspection), chipTrusting(authority));
    expect(result.status === "passed" && [...result.key.applicationRights]).toEqual([
      [travelRecords, Uint8Array.of(2)],
    ]);
  });

  test("moves the current date on, by whom it can be relied upon", () => {
    const late = { effectiveDate: "2026-08-01" } as const;
    const dateAfter = (...holders: readonly Holder[]) => {
      const result = verify(chain(...holders));
      return result.status === "passed" && result.state.currentDate;
    };
    expect(dateAfter(certify("UTDV00001", cvca, late))).toBe("2026-08-01");
    expect(dateAfter(dv, certify("UTIS00001", dv, late))).toBe("2026-08-01");
    const foreign = certify("UTDV00002", cvca, { role: "DV-foreign" });
    expect(dateAfter(foreign, certify("UTIS00001", foreign, late))).toBe(TODAY);
  });
});

describe("a chain does not hold", () => {
  const other = certify("UTCVCA00009");
  const pointOff = (holder: Holder): CvCertificate["publicKey"] => ({
    ...(holder.certificate.publicKey as Extract<CvCertificate["publicKey"], { type: "EC" }>),
    point: new Uint8Array(65).fill(4),
  });

  test.each([
    [
      "that begins at another authority",
      chain(certify("UTDV00001", other)),
      "AUTHORITY_UNKNOWN",
      0,
    ],
    ["without its document verifier", chain(terminal), "AUTHORITY_UNKNOWN", 0],
    [
      "signed by another under the name",
      chain(certify("UTDV00001", { ...cvca, key: other.key })),
      "SIGNATURE_INVALID",
      0,
    ],
    [
      "with an expired document verifier",
      chain(
        certify("UTDV00001", cvca, { effectiveDate: "2026-01-01", expirationDate: "2026-05-31" }),
      ),
      "EXPIRED",
      0,
    ],
    [
      "with an expired terminal",
      chain(
        dv,
        certify("UTIS00001", dv, { effectiveDate: "2026-01-01", expirationDate: "2026-05-31" }),
      ),
      "EXPIRED",
      1,
    ],
    [
      "that ends before it begins",
      chain(certify("UTDV00001", cvca, { effectiveDate: "2027-01-01" })),
      "DATES_CONTRADICT",
      0,
    ],
    [
      "where an authority issues a terminal",
      chain(certify("UTIS00001", cvca)),
      "ROLE_NOT_ISSUED",
      0,
    ],
    [
      "where a document verifier issues another",
      chain(dv, certify("UTDV00002", dv)),
      "ROLE_NOT_ISSUED",
      1,
    ],
    [
      "where a document verifier issues an authority",
      chain(dv, certify("UTCVCA00002", dv)),
      "ROLE_NOT_ISSUED",
      1,
    ],
    [
      "where a terminal issues anything",
      chain(dv, terminal, certify("UTIS00002", terminal)),
      "ROLE_NOT_ISSUED",
      2,
    ],
    [
      "of another type of terminal",
      chain(
        certify("UTDV00001", cvca, { authorization: holderAuthorization("AT", "DV-domestic") }),
      ),
      "TERMINAL_TYPE_MISMATCH",
      0,
    ],
    [
      "of another protocol",
      chain(certify("UTDV00001", cvca, { protocol: "0.4.0.127.0.7.2.2.2.2.5" })),
      "ALGORITHM_MISMATCH",
      0,
    ],
    [
      "that states parameters",
      chain(certify("UTDV00001", cvca, { parameters: "stated" })),
      "DOMAIN_PARAMETERS_STATED",
      0,
    ],
    [
      "with a point off the curve",
      chain(certify("UTDV00001", cvca, { publicKey: pointOff(dv) })),
      "KEY_MALFORMED",
      0,
    ],
    [
      "with a key of another curve",
      chain(certify("UTDV00001", cvca, { key: derivedEcKey("brainpoolP256r1", "x", nodeCrypto) })),
      "KEY_MALFORMED",
      0,
    ],
    [
      "that takes the name of the authority",
      chain(certify("UTCVCA00001", cvca, { role: "DV-domestic" })),
      "REFERENCE_TAKEN",
      0,
    ],
    ["of nothing", [], "CHAIN_EMPTY", 0],
    ["of too many", Array.from({ length: 17 }, () => dv.certificate), "CHAIN_TOO_LONG", 16],
  ] as const)("%s", (_, certificates, code, at) => {
    expect(reason(certificates)).toEqual([code, at]);
  });

  test("with one altered byte anywhere", () => {
    for (const [index, holder] of [dv, terminal].entries()) {
      const { bytes } = holder.certificate;
      for (let i = 0; i < bytes.length; i++) {
        const altered = bytes.slice();
        altered[i]! ^= 1 << (i % 8);
        let certificate: CvCertificate;
        try {
          certificate = decodeCvCertificate(altered);
        } catch (error) {
          expect(error).toBeInstanceOf(EmrtdError);
          continue;
        }
        const certificates = chain(dv, terminal);
        certificates[index] = certificate;
        expect(["SIGNATURE_INVALID", "AUTHORITY_UNKNOWN"]).toContain(reason(certificates)[0]);
      }
    }
  });
});

describe("link certificates", () => {
  const next = certify("UTCVCA00002", cvca, {
    key: derivedEcKey("brainpoolP384r1", "next", nodeCrypto),
    protocol: "0.4.0.127.0.7.2.2.2.2.4",
    effectiveDate: "2026-07-01",
    rights: ["read-dg3"],
  });
  const newDv = certify("UTDV00007", next, {
    key: derivedEcKey("brainpoolP384r1", "dv", nodeCrypto),
    effectiveDate: "2026-07-02",
  });
  const newTerminal = certify("UTIS00007", newDv, {
    key: derivedEcKey("brainpoolP384r1", "is", nodeCrypto),
    effectiveDate: "2026-07-03",
  });

  test("make a trust point, with other parameters and rights of its own", () => {
    const result = verify(chain(next, newDv, newTerminal));
    expect(result).toMatchObject({
      status: "passed",
      key: { authorization: { rights: ["read-dg3"] }, key: { curve: "brainpoolP384r1" } },
      state: {
        currentDate: "2026-07-03",
        trustPoints: [{ reference: "UTCVCA00002" }, { reference: "UTCVCA00001" }],
      },
    });
  });

  test("inherit the parameters that they leave out", () => {
    const link = certify("UTCVCA00002", cvca, { parameters: "inherited" });
    const result = verify(chain(link));
    expect(result).toMatchObject({ status: "passed", key: { key: { curve: "P-256" } } });
  });

  test("are good out of date, and from an authority out of date; a document verifier is not", () => {
    const old = trustPointOf(
      certify("UTCVCA00001", undefined, { expirationDate: TODAY }).certificate,
    );
    const later = { currentDate: "2026-11-01", trustPoints: [old] };
    const link = certify("UTCVCA00002", cvca, { expirationDate: "2026-10-01" });
    expect(reason(chain(dv), later)).toEqual(["AUTHORITY_EXPIRED", 0]);
    expect(reason(chain(link), later)).toEqual(["passed"]);
    expect(reason(chain(link, certify("UTDV00001", link)), later)).toEqual([
      "AUTHORITY_EXPIRED",
      1,
    ]);
  });

  test("push the oldest of two trust points out", () => {
    const third = certify("UTCVCA00003", next, { effectiveDate: "2026-09-01" });
    const result = verify(chain(next, third));
    expect(result.status === "passed" && result.state.trustPoints.map((p) => p.reference)).toEqual([
      "UTCVCA00003",
      "UTCVCA00002",
    ]);
    expect(reason(chain(next, third, dv))).toEqual(["AUTHORITY_UNKNOWN", 2]);
  });

  test("of one altered byte change nothing", () => {
    const signature = next.certificate.signature.slice();
    signature[5]! ^= 1;
    expect(reason([{ ...next.certificate, signature }])).toEqual(["SIGNATURE_INVALID", 0]);
  });
});
