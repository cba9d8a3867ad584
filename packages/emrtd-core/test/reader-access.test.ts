import { describe, expect, test } from "vitest";
import type { Password } from "../src/access/password.js";
import type { ChipPersonalisation } from "../src/chip/personalisation.js";
import { derivedEcKey } from "../src/chip/pki/keys.js";
import { simulatorAnchors } from "../src/chip/pki/simulator.js";
import { HOLDER_CAN, HOLDER_PASSWORD } from "../src/chip/profiles/holder.js";
import { personalise } from "../src/chip/profiles/personalise.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import { EmrtdError } from "../src/errors.js";
import { decodeCommandApdu } from "../src/iso7816/command-apdu.js";
import { encodeCardAccess } from "../src/lds/card-access.js";
import { decodeDg14, encodeDg14 } from "../src/lds/dg14.js";
import { nodeCrypto } from "../src/node/index.js";
import { drive } from "../src/protocol.js";
import type { AccessPolicy } from "../src/reader/open-chip.js";
import { readDocument } from "../src/reader/read-document.js";
import { DEFAULT_READ_PLAN } from "../src/reader/read-plan.js";
import { createTrustStore } from "../src/trust/store.js";
import type { CheckId } from "../src/verification/report.js";
import { verifyDocument } from "../src/verification/verify-document.js";
import { countingRandom } from "./support/counting-random.js";

const trust = createTrustStore(
  simulatorAnchors(nodeCrypto).map((bytes) => ({ type: "certificate", bytes }) as const),
  { crypto: nodeCrypto },
);

interface Attempt {
  readonly password?: Password;
  readonly access?: Partial<AccessPolicy>;
  /** Answers in place of the chip. */
  readonly instead?: (command: Uint8Array) => Uint8Array | undefined;
}

const read = async (personalisation: ChipPersonalisation, attempt: Attempt = {}) => {
  const { password = HOLDER_PASSWORD, access = {}, instead } = attempt;
  const chip = createVirtualChip(personalisation, {
    random: countingRandom(2),
    crypto: nodeCrypto,
  });
  const instructions: number[] = [];
  const plan = { ...DEFAULT_READ_PLAN, access: { ...DEFAULT_READ_PLAN.access, ...access } };
  const options = { random: countingRandom(3), crypto: nodeCrypto, plan };
  const run = drive(readDocument(password, options), async (command) => {
    instructions.push(decodeCommandApdu(command).ins);
    return instead?.(command) ?? chip.receive(command);
  });
  try {
    const reading = await run;
    const { files, evidence } = reading;
    const at = new Date("2026-06-01T00:00:00Z");
    const report = verifyDocument(files, trust, { at, evidence, crypto: nodeCrypto });
    const check = (id: CheckId) => report.checks.find((row) => row.id === id)!;
    return { reading, report, check, instructions, code: undefined };
  } catch (error) {
    if (!(error instanceof EmrtdError)) throw error;
    return { code: error.code, instructions };
  }
};

/** EXTERNAL AUTHENTICATE, which basic access control cannot do without. */
const BAC = 0x82;

describe("which way a chip is opened", () => {
  test("a card access number opens by PACE, and by nothing else", async () => {
    const { report } = await read(personalise("pace-gm-p256"), { password: { can: HOLDER_CAN } });
    expect(report?.access).toMatchObject({ protocol: "pace", variant: "ecdh-gm" });
    const refused = await read(personalise("bac-rsa"), { password: { can: HOLDER_CAN } });
    expect(refused.code).toBe("ACCESS_UNSUPPORTED");
  });

  test("a wrong password is no reason for basic access control, whatever the policy", async () => {
    for (const password of [{ can: "999999" }, { ...HOLDER_PASSWORD, documentNumber: "X" }]) {
      const { code, instructions } = await read(personalise("pace-gm-p256"), {
        password,
        access: { bacAfterPaceFailure: true },
      });
      expect(code).toBe("ACCESS_DENIED");
      expect(instructions).not.toContain(BAC);
    }
  });

  /** Refuses the step of PACE that carries the mapping data. */
  const broken = (command: Uint8Array) =>
    command[1] === 0x86 && command[7] === 0x81 ? Uint8Array.of(0x6f, 0x00) : undefined;

  test("PACE that breaks off ends the reading, unless the policy says otherwise", async () => {
    const { code, instructions } = await read(personalise("pace-gm-p256"), { instead: broken });
    expect(code).toBe("APDU_STATUS");
    expect(instructions).not.toContain(BAC);
  });

  test("basic access control after PACE broke off is reported as a downgrade", async () => {
    const { report, check } = await read(personalise("pace-gm-p256"), {
      instead: broken,
      access: { bacAfterPaceFailure: true },
    });
    expect(report?.access).toMatchObject({ protocol: "bac", downgraded: true });
    expect(check?.("access-control")).toMatchObject({ status: "failed", reason: "DOWNGRADED" });
    const withCan = await read(personalise("pace-gm-p256"), {
      instead: broken,
      password: { can: HOLDER_CAN },
      access: { bacAfterPaceFailure: true },
    });
    expect(withCan.code).toBe("APDU_STATUS");
  });

  test("so is basic access control that was asked for while PACE is on offer", async () => {
    const { report } = await read(personalise("pace-gm-p256"), { access: { protocol: "bac" } });
    expect(report?.access).toMatchObject({ protocol: "bac", downgraded: true });
  });

  test("an offer that was taken out of EF.CardAccess is missed by DG14, which is signed", async () => {
    const { CardAccess: _, ...files } = personalise("pace-gm-p256").files;
    const { report } = await read({ ...personalise("pace-gm-p256"), files });
    expect(report?.access).toMatchObject({ protocol: "bac", downgraded: true });
  });

  test("the weaker of two offers is not taken, and it is told where it is the only one left", async () => {
    const chip = personalise("pace-cam");
    expect((await read(chip)).report?.access.variant).toBe("ecdh-cam");
    const [mapping, generic] = decodeDg14(chip.files.DG14!).securityInfos;
    expect(mapping).toMatchObject({ type: "PACEInfo" });
    const files = { ...chip.files, CardAccess: encodeCardAccess({ securityInfos: [generic!] }) };
    const { report, check } = await read({ ...chip, files });
    expect(report?.access).toMatchObject({ variant: "ecdh-gm", downgraded: true });
    // The signed list promises chip authentication mapping: without it no chip was proved.
    expect(check?.("chip-authentication")).toMatchObject({
      status: "undetermined",
      reason: "NOT_ATTEMPTED",
    });
  });

  test("PACE that is demanded and not offered is not replaced", async () => {
    const { code } = await read(personalise("bac-rsa"), { access: { protocol: "pace" } });
    expect(code).toBe("ACCESS_UNSUPPORTED");
  });
});

describe("chip authentication in a reading", () => {
  test("a chip without the private key is not authentic, and is read to the end all the same", async () => {
    const chip = personalise("ca-aes");
    const key = derivedEcKey("brainpoolP256r1", "another chip", nodeCrypto);
    const { reading, report, check } = await read({ ...chip, keys: { dg14: [{ key }] } });
    expect(reading?.failure).toBeNull();
    expect(reading?.files).toEqual(chip.files);
    expect(check?.("chip-authentication")).toMatchObject({
      status: "failed",
      reason: "CHIP_PROOF_INVALID",
    });
    expect(report?.verdict).toBe("not-authentic");
  });

  test("a chip that refuses leaves the question open", async () => {
    const chip = personalise("ca-aes");
    const { report, check } = await read({ ...chip, keys: {} });
    expect(check?.("chip-authentication")).toMatchObject({
      status: "undetermined",
      reason: "CHIP_PROOF_WITHHELD",
    });
    expect(report?.verdict).toBe("undetermined");
  });

  test("a DG14 of the chip's own, with a key that it has, is not authentic", async () => {
    const chip = personalise("ca-aes");
    const other = personalise("td1-id-card");
    const infos = decodeDg14(other.files.DG14!).securityInfos;
    const files = { ...chip.files, DG14: encodeDg14({ securityInfos: infos }) };
    const { report, check } = await read({ ...chip, files, keys: other.keys });
    expect(check?.("data-group-hashes").status).toBe("failed");
    expect(check?.("chip-authentication")).toMatchObject({ reason: "KEY_NOT_COVERED" });
    expect(report?.verdict).toBe("not-authentic");
  });

  test("a key without an info means triple DES, and the report says that it was inferred", async () => {
    const chip = personalise("ca-3des");
    const infos = decodeDg14(chip.files.DG14!).securityInfos;
    const bare = infos.filter(({ type }) => type === "ChipAuthenticationPublicKeyInfo");
    const files = { ...chip.files, DG14: encodeDg14({ securityInfos: bare }) };
    const { reading } = await read({ ...chip, files });
    expect(reading?.evidence.find((item) => item.protocol === "chip-authentication")).toMatchObject(
      {
        oid: "0.4.0.127.0.7.2.2.3.1.1",
        statusWord: 0x9000,
      },
    );
  });
});

describe("chip authentication mapping in a reading", () => {
  test("a chip with another static key is not authentic", async () => {
    const chip = personalise("pace-cam");
    const cardSecurity = derivedEcKey("brainpoolP256r1", "another chip", nodeCrypto);
    const { report, check } = await read({ ...chip, keys: { ...chip.keys, cardSecurity } });
    expect(check?.("chip-authentication")).toMatchObject({
      status: "failed",
      reason: "CHIP_PROOF_INVALID",
    });
    expect(report?.verdict).toBe("not-authentic");
  });

  test("one altered byte of EF.CardSecurity is a forgery", async () => {
    const chip = personalise("pace-cam");
    const CardSecurity = chip.files.CardSecurity!.slice();
    CardSecurity[CardSecurity.length - 1]! ^= 1;
    const { report, check } = await read({ ...chip, files: { ...chip.files, CardSecurity } });
    expect(check?.("chip-authentication").status).toBe("failed");
    expect(report?.verdict).toBe("not-authentic");
  });

  test("without EF.CardSecurity nothing is proved", async () => {
    const chip = personalise("pace-cam");
    const { CardSecurity: _, ...files } = chip.files;
    const { report, check } = await read({ ...chip, files });
    expect(check?.("chip-authentication")).toMatchObject({
      status: "undetermined",
      reason: "CARD_SECURITY_NOT_READ",
    });
    expect(report?.verdict).toBe("undetermined");
  });
});
