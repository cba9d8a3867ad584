import { describe, expect, test } from "vitest";
import { fromHex } from "../src/bytes.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { nodeCrypto } from "../src/node/index.js";
import { openMasterList } from "../src/trust/open-master-list.js";
import type { TrustSource } from "../src/trust/source.js";
import { createTrustStore } from "../src/trust/store.js";
import { verifyDocument } from "../src/verification/verify-document.js";
import { check, deviations } from "./support/judged.js";
import { withFlippedBit } from "./support/test-document.js";
import vectors from "./vectors/openssl-trust.json" with { type: "json" };

const at = new Date(vectors.judgedAt);
const groups = { DG1: fromHex(vectors.dg1), DG2: fromHex(vectors.dg2) };

describe.each([portableCrypto, nodeCrypto])("what OpenSSL issued, with $name", (crypto) => {
  describe.each(vectors.rows)("$name", (row) => {
    const bytes = {
      csca: fromHex(row.csca),
      renewed: fromHex(row.renewed),
      link: fromHex(row.link),
      crl: fromHex(row.crl),
      masterList: fromHex(row.masterList),
      deviationList: fromHex(row.deviationList),
    };
    const anchor: TrustSource = { type: "certificate", bytes: bytes.csca };
    const link: TrustSource = { type: "link-certificate", bytes: bytes.link };
    const crl: TrustSource = { type: "crl", bytes: bytes.crl };
    const judge = (
      sources: readonly TrustSource[],
      files: { readonly SOD?: Uint8Array; readonly DG2?: Uint8Array } = {},
    ) => {
      const trust = createTrustStore(sources, { crypto });
      return verifyDocument({ SOD: fromHex(row.sod), ...groups, ...files }, trust, { at, crypto });
    };

    test("a link certificate leads to the older key", () => {
      expect(judge([anchor]).verdict).toBe("undetermined");
      expect(judge([anchor, link]).verdict).toBe("authentic");
      const altered = { ...link, bytes: withFlippedBit(bytes.link, -1) } as TrustSource;
      expect(judge([anchor, altered]).verdict).toBe("undetermined");
    });

    test("a master list is signed under either key", () => {
      const opened = openMasterList(bytes.masterList, { root: bytes.renewed, crypto });
      expect(opened.trust).toMatchObject({ trusted: true });
      expect(opened.certificates).toHaveLength(3);
      const list = (root: Uint8Array, altered: Uint8Array = bytes.masterList): TrustSource => ({
        type: "master-list",
        bytes: altered,
        root,
      });
      expect(judge([list(bytes.renewed)]).verdict).toBe("authentic");
      expect(judge([list(bytes.csca)]).verdict).toBe("authentic");
      const other = vectors.rows.find(({ name }) => name !== row.name)!;
      for (const refused of [
        list(fromHex(other.renewed)),
        list(bytes.renewed, withFlippedBit(bytes.masterList, -1)),
      ]) {
        expect(() => judge([refused])).toThrow(
          expect.objectContaining({ code: "TRUST_LIST_REFUSED" }),
        );
      }
    });

    test("a revocation list by the newer key names one of two signers", () => {
      const trusted = [anchor, link, crl];
      expect(check(judge(trusted), "revocation")).toEqual(["passed", null]);
      const revoked = judge(trusted, { SOD: fromHex(row.revokedSod) });
      expect([...check(revoked, "revocation"), revoked.verdict]).toEqual([
        "failed",
        "REVOKED",
        "not-authentic",
      ]);
      const altered = { ...crl, bytes: withFlippedBit(bytes.crl, -1) };
      const ignored = judge([anchor, link, altered], { SOD: fromHex(row.revokedSod) });
      expect(check(ignored, "revocation")).toEqual(["undetermined", "NO_CRL"]);
      expect(deviations(ignored)).toEqual(["CRL_NOT_TRUSTED"]);
    });

    test("a deviation list explains the hash of DG2", () => {
      const wrong = { DG2: withFlippedBit(groups.DG2, -1) };
      const list = (altered: Uint8Array = bytes.deviationList): TrustSource => ({
        type: "deviation-list",
        bytes: altered,
      });
      expect(judge([anchor, link], wrong).verdict).toBe("not-authentic");
      const explained = judge([anchor, link, list()], wrong);
      expect(check(explained, "data-group-hashes")).toEqual([
        "undetermined",
        "EXPLAINED_BY_DEVIATION",
      ]);
      const altered = judge([anchor, link, list(withFlippedBit(bytes.deviationList, -1))], wrong);
      expect([altered.verdict, deviations(altered)]).toEqual([
        "not-authentic",
        ["DEVIATION_LIST_NOT_TRUSTED"],
      ]);
    });
  });
});
