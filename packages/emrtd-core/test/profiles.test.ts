import { describe, expect, test } from "vitest";
import { createTerminal } from "../src/authentication/create-terminal.js";
import { toHex } from "../src/bytes.js";
import { parseChipFault } from "../src/chip/faults.js";
import { simulatorAnchors } from "../src/chip/pki/simulator.js";
import { personalise } from "../src/chip/profiles/personalise.js";
import { PROFILES, type ProfileName } from "../src/chip/profiles/profiles.js";
import { transceiveWith } from "../src/chip/transceive.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import { portableCrypto } from "../src/crypto/portable.js";
import type { CryptoProvider } from "../src/crypto/provider.js";
import { nodeCrypto } from "../src/node/index.js";
import { drive } from "../src/protocol.js";
import { readDocument } from "../src/reader/read-document.js";
import { createTrustStore } from "../src/trust/store.js";
import type { CheckId } from "../src/verification/report.js";
import { verifyDocument } from "../src/verification/verify-document.js";
import { countingRandom } from "./support/counting-random.js";

const AT = new Date("2026-06-01T00:00:00Z");
const PROVIDERS = [portableCrypto, nodeCrypto] as const;

/** Reads the chip of a profile and judges what was read, as the command does. */
const judge = async (name: ProfileName, crypto: CryptoProvider, ...faults: readonly string[]) => {
  const personalisation = personalise(name, { crypto });
  const chip = createVirtualChip(personalisation, {
    crypto,
    random: countingRandom(11),
    faults: faults.map(parseChipFault),
  });
  const { terminal } = personalisation;
  const protocol = readDocument(personalisation.password, {
    random: countingRandom(5),
    crypto,
    ...(terminal ? { terminal: createTerminal(terminal, { crypto }) } : {}),
  });
  const reading = await drive(protocol, transceiveWith(chip));
  const trust = createTrustStore(
    simulatorAnchors(crypto).map((bytes) => ({ type: "certificate", bytes }) as const),
    { crypto },
  );
  const report = verifyDocument(reading.files, trust, {
    at: AT,
    evidence: reading.evidence,
    crypto,
  });
  const check = (id: CheckId) => report.checks.find((row) => row.id === id)!;
  return { reading, report, check, personalisation };
};

/** What contracts promise of each, and the one check that makes the difference. */
const VERDICTS: Record<
  ProfileName,
  readonly [verdict: string, id: CheckId, status: string, reason: string | null]
> = {
  "bac-rsa": ["authentic", "active-authentication", "passed", null],
  "bac-rsa-pss": ["authentic", "active-authentication", "passed", null],
  "bac-ecdsa": ["authentic", "active-authentication", "passed", null],
  "bac-brainpool": ["authentic", "active-authentication", "passed", null],
  "pace-gm-brainpool": ["authentic", "access-control", "passed", null],
  "pace-gm-p256": ["authentic", "access-control", "passed", null],
  "pace-gm-dh": ["authentic", "access-control", "passed", null],
  "pace-im-ecdh": ["authentic", "access-control", "passed", null],
  "pace-im-dh": ["authentic", "access-control", "passed", null],
  "pace-cam": ["authentic", "chip-authentication", "passed", null],
  "ca-aes": ["authentic", "chip-authentication", "passed", null],
  "ca-3des": ["authentic", "chip-authentication", "passed", null],
  "eac-ta": ["authentic", "terminal-authentication", "passed", null],
  "td1-id-card": ["authentic", "chip-authentication", "passed", null],
  tampered: ["not-authentic", "data-group-hashes", "failed", "HASH_MISMATCH"],
  cloned: ["not-authentic", "active-authentication", "failed", "CHIP_PROOF_INVALID"],
  expired: ["undetermined", "certificate-validity", "failed", "EXPIRED"],
  untrusted: ["undetermined", "document-signer-chain", "undetermined", "NO_TRUST_ANCHOR"],
};

/** How each is opened; what is not named here, with basic access control. */
const BAC = { protocol: "bac", variant: null, cipher: "3DES", downgraded: false };
const pace = (variant: string, cipher: string, domainParameters: string) => ({
  protocol: "pace",
  variant,
  cipher,
  domainParameters,
  downgraded: false,
});
const ACCESS: { readonly [name in ProfileName]?: object } = {
  "pace-gm-brainpool": pace("ecdh-gm", "AES-128", "brainpoolP256r1"),
  "pace-gm-p256": pace("ecdh-gm", "AES-256", "P-256"),
  "pace-gm-dh": pace("dh-gm", "AES-128", "DH-2048-256"),
  "pace-im-ecdh": pace("ecdh-im", "AES-128", "brainpoolP256r1"),
  "pace-im-dh": pace("dh-im", "AES-128", "DH-1024-160"),
  "pace-cam": pace("ecdh-cam", "AES-128", "brainpoolP256r1"),
  "eac-ta": pace("ecdh-gm", "AES-128", "brainpoolP256r1"),
  "td1-id-card": pace("ecdh-gm", "AES-256", "brainpoolP384r1"),
};

describe.each(PROVIDERS)("profiles with $name cryptography", (crypto) => {
  test.each(Object.entries(VERDICTS))("%s", async (name, [verdict, id, status, reason]) => {
    const { reading, report, check, personalisation } = await judge(name as ProfileName, crypto);
    expect(reading.failure).toBeNull();
    // PACE has said what stands in EF.CVCA.
    const { CVCA: _, ...files } = personalisation.files;
    expect(reading.files).toEqual(files);
    expect(report.verdict).toBe(verdict);
    expect(check(id)).toMatchObject({ status, reason });
    expect(check("access-control")).toMatchObject({ status: "passed" });
    expect(report.access).toMatchObject(ACCESS[name as ProfileName] ?? BAC);
  });

  test("what differs is what the profile says, and what follows from it for the same reason", async () => {
    for (const [name, [, differs, , because]] of Object.entries(VERDICTS)) {
      const { report } = await judge(name as ProfileName, crypto);
      const wrong = report.checks.filter(
        ({ id, status, reason }) =>
          !["passed", "not-applicable"].includes(status) &&
          !["revocation", differs].includes(id) &&
          reason !== because,
      );
      expect(wrong, name).toEqual([]);
    }
  });
});

describe("a profile", () => {
  test("there is a verdict for each", () => {
    expect(Object.keys(VERDICTS)).toEqual(Object.keys(PROFILES));
  });

  test.each(Object.keys(PROFILES) as ProfileName[])(
    "%s is the same chip whoever makes it",
    (name) => {
      const [portable, node] = PROVIDERS.map((crypto) => personalise(name, { crypto }));
      expect(portable).toEqual(node);
    },
  );

  test("has the holder that contracts name", async () => {
    const { report } = await judge("bac-rsa", portableCrypto);
    expect(report.document).toMatchObject({
      number: "L898902C3",
      birth: "740812",
      expiry: "340415",
      surname: "ERIKSSON",
      givenNames: "ANNA MARIA",
      issuer: "UTO",
    });
    expect(personalise("bac-rsa").can).toBe("123456");
  });

  test("a byte altered after signing is not authentic, whichever group it is in", async () => {
    for (const group of ["DG1", "DG2", "DG11", "DG12", "DG14", "DG15"]) {
      const { report } = await judge("bac-ecdsa", portableCrypto, `altered-file=${group}`);
      expect(report.verdict, group).toBe("not-authentic");
    }
  });

  test("two profiles have two security objects", () => {
    const objects = (Object.keys(PROFILES) as ProfileName[])
      .filter((name) => !["tampered", "cloned"].includes(name))
      .map((name) => toHex(personalise(name).files.SOD!));
    expect(new Set(objects).size).toBe(objects.length);
  });
});
