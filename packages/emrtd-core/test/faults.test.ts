import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "../src/bytes.js";
import { CHIP_FAULTS, type ChipFaultName, parseChipFault } from "../src/chip/faults.js";
import { HOLDER_PASSWORD } from "../src/chip/profiles/holder.js";
import { personalise } from "../src/chip/profiles/personalise.js";
import type { ProfileName } from "../src/chip/profiles/profiles.js";
import { transceiveWith } from "../src/chip/transceive.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import type { EmrtdErrorCode } from "../src/errors.js";
import { nodeCrypto as crypto } from "../src/node/index.js";
import { drive } from "../src/protocol.js";
import { readDocument } from "../src/reader/read-document.js";
import type { DeviationCode } from "../src/verification/deviations.js";
import type { ReasonCode } from "../src/verification/reasons.js";
import type { CheckId, Verdict } from "../src/verification/report.js";
import { countingRandom } from "./support/counting-random.js";
import { readProfile } from "./support/read-profile.js";

const chipOf = (profile: ProfileName, ...faults: readonly string[]) => {
  const { password: _, can: __, terminal: ___, ...made } = personalise(profile, { crypto });
  const options = { crypto, random: countingRandom(41), faults: faults.map(parseChipFault) };
  return createVirtualChip(made, options);
};

const read = (profile: ProfileName, ...faults: readonly string[]) =>
  readProfile(profile, { faults });

/** The one thing that is wrong, and where it shows; `null` where nothing is. */
type Failure =
  | { readonly failure: EmrtdErrorCode }
  | { readonly verdict: Verdict; readonly check: CheckId; readonly reason: ReasonCode }
  | { readonly deviation: DeviationCode }
  | null;

const forged = (check: CheckId, reason: ReasonCode): Failure => ({
  verdict: "not-authentic",
  check,
  reason,
});

/** Every fault, as it is without a value. */
const FAILURES: Readonly<Record<ChipFaultName, readonly [ProfileName, Failure]>> = {
  "wrong-ssc": ["bac-ecdsa", { failure: "SM_MAC_MISMATCH" }],
  "unprotected-answer": ["bac-ecdsa", { failure: "SM_UNPROTECTED" }],
  "flipped-bit": ["bac-ecdsa", { failure: "SM_MAC_MISMATCH" }],
  "truncated-answer": ["bac-ecdsa", { failure: "SM_INCOMPLETE" }],
  "tag-lost": ["bac-ecdsa", { failure: "TRANSPORT_FAILED" }],
  delay: ["bac-ecdsa", null],
  "password-delay": ["pace-gm-p256", null],
  "le-limit": ["bac-ecdsa", null],
  "le-refused": ["bac-ecdsa", null],
  "no-extended-length": ["bac-rsa", null],
  "response-chaining": ["bac-rsa", null],
  "refused-file": ["bac-ecdsa", null],
  "master-file": ["bac-ecdsa", null],
  "application-first": ["pace-gm-p256", null],
  "no-short-identifiers": ["bac-ecdsa", null],
  "parameter-id-wanted": ["pace-gm-brainpool", null],
  "no-key-agreement-template": ["ca-3des", null],
  signing: ["bac-rsa", null],
  "altered-file": ["bac-ecdsa", forged("data-group-hashes", "HASH_MISMATCH")],
  "cloned-key": ["bac-ecdsa", forged("active-authentication", "CHIP_PROOF_INVALID")],
  "wrong-hash": ["bac-ecdsa", forged("data-group-hashes", "HASH_MISMATCH")],
  "pss-salt": ["bac-rsa", null],
  "key-without-info": ["ca-aes", null],
  "ber-sod": ["bac-ecdsa", { deviation: "SOD_NOT_DER" }],
  "reordered-signer": ["bac-ecdsa", { deviation: "SIGNER_NAME_REORDERED" }],
};

describe("every fault: the right failure", () => {
  test.each(Object.entries(FAILURES))("%s", async (name, [profile, expected]) => {
    const { reading, report, check } = await read(profile, name);
    expect(reading.failure?.code ?? null).toBe(
      expected && "failure" in expected ? expected.failure : null,
    );
    if (reading.failure) return;
    // What the simulator's certificates leave out of their profile is no fault.
    const codes = report.deviations
      .map(({ code }) => code)
      .filter((code) => !code.startsWith("PROFILE_"));
    expect(codes).toEqual(expected && "deviation" in expected ? [expected.deviation] : []);
    const verdict = expected && "verdict" in expected ? expected.verdict : "authentic";
    expect(report.verdict).toBe(verdict);
    if (!expected || !("check" in expected)) return;
    expect(check(expected.check)).toMatchObject({ status: "failed", reason: expected.reason });
    const others = report.checks.filter(
      ({ id, status }) => status === "failed" && id !== expected.check,
    );
    expect(others).toEqual([]);
  });

  test("there is one for each name", () => {
    expect(Object.keys(FAILURES)).toEqual(Object.keys(CHIP_FAULTS));
  });

  test.each([
    ["SOD", "sod-signature", "SIGNATURE_INVALID"],
    ["DG2", "data-group-hashes", "HASH_MISMATCH"],
    ["DG14", "data-group-hashes", "HASH_MISMATCH"],
  ] as const)("altered-file=%s: %s, %s", async (file, id, reason) => {
    const { report, check } = await read("bac-ecdsa", `altered-file=${file}`);
    expect(report.verdict).toBe("not-authentic");
    expect(check(id)).toMatchObject({ status: "failed", reason });
  });

  test.each([
    ["ca-aes", "DG14"],
    ["ca-3des", "DG14"],
    ["pace-cam", "CardSecurity"],
  ] as const)("%s cloned-key=%s: chip authentication fails", async (profile, file) => {
    const { report, check } = await read(profile, `cloned-key=${file}`);
    expect(report.verdict).toBe("not-authentic");
    expect(check("chip-authentication")).toMatchObject({
      status: "failed",
      reason: "CHIP_PROOF_INVALID",
    });
  });

  test.each([
    ["signing=refused", "CHIP_PROOF_WITHHELD"],
    ["signing=cut:64 no-extended-length", "CHIP_PROOF_INCOMPLETE"],
  ])("%s: the proof is undetermined, %s", async (faults, reason) => {
    const { report, check } = await read("bac-rsa", ...faults.split(" "));
    expect(report.verdict).toBe("undetermined");
    expect(check("active-authentication")).toMatchObject({ status: "undetermined", reason });
  });
});

describe("what is put up with shows on the wire", () => {
  test("61xx is served by plain GET RESPONSE, or by a protected one", async () => {
    const outside = await read("bac-rsa", "response-chaining=100");
    expect(outside.sent.filter((command) => command.startsWith("00c0")).length).toBeGreaterThan(10);
    const inside = await read("bac-rsa", "response-chaining=100:protected");
    expect(inside.sent.filter((command) => command.startsWith("00c0"))).toEqual([]);
    expect(inside.sent.filter((command) => command.startsWith("0cc0")).length).toBeGreaterThan(10);
  });

  test("a key without info is used by MSE:Set KAT, and the report says that it was inferred", async () => {
    const { check } = await read("ca-aes", "key-without-info");
    expect(check("chip-authentication").detail).toMatchObject({
      protocol: "id-CA-ECDH-3DES-CBC-CBC",
      inferred: true,
    });
  });

  test.each([20, 32, 64])("a salt of %i bytes is honoured, and said", async (salt) => {
    const { check } = await read("bac-ecdsa", `pss-salt=${salt}`);
    expect(check("sod-signature")).toMatchObject({
      status: "passed",
      detail: { saltLength: salt },
    });
  });

  test("the right password is not delayed; wrong ones more each time, also after power off", async () => {
    const chip = chipOf("bac-ecdsa", "password-delay=100");
    const delays: number[] = [];
    const attempt = async (documentNumber: string) => {
      chip.reset();
      const protocol = readDocument(
        { ...HOLDER_PASSWORD, documentNumber },
        {
          random: countingRandom(43),
          crypto,
        },
      );
      let longest = 0;
      await drive(protocol, async (command) => {
        const answer = chip.receive(command);
        longest = Math.max(longest, chip.delay);
        return answer;
      }).catch(() => undefined);
      delays.push(longest);
    };
    for (const number of ["X", "X", "X", "L898902C3", "L898902C3"]) await attempt(number);
    expect(delays).toEqual([0, 100, 200, 400, 0]);
  });

  test("the same with PACE", async () => {
    const chip = chipOf("pace-gm-p256", "password-delay=100");
    const sleeps: number[] = [];
    const sleep = async (milliseconds: number) => void sleeps.push(milliseconds);
    for (const can of ["000000", "000000", "123456"]) {
      const protocol = readDocument({ can }, { random: countingRandom(44), crypto });
      await drive(protocol, transceiveWith(chip, { sleep })).catch(() => undefined);
      chip.reset();
    }
    expect(sleeps).toEqual([100, 200]);
  });

  test("of several limits the largest that is exceeded answers", () => {
    const chip = chipOf("bac-ecdsa", "le-limit=200:6b00", "le-limit=100:6282");
    const send = (hex: string) => toHex(chip.receive(fromHex(hex)));
    expect(["00b00000c9", "00b00000c8", "00b0000065"].map(send)).toEqual(["6b00", "6282", "6282"]);
    expect(send("00b0000064")).toBe("6986");
  });
});

describe("how a fault is written", () => {
  test.each(Object.entries(CHIP_FAULTS))("%s has a default", (name, { form }) => {
    expect(parseChipFault(name).fault).toBe(name);
    expect(form.startsWith(name)).toBe(true);
  });

  test.each([
    "",
    "toString",
    "tag-lost=",
    "tag-lost=x",
    "tag-lost=0",
    "le-limit=1:2",
    "le-limit=1:6700:plain:more",
    "le-refused=231:6c",
    "altered-file=DG17",
    "flipped-bit=1:x",
    "delay=-1",
    "response-chaining=257",
    "response-chaining=10:inside",
    "refused-file=COM:698",
    "refused-file=COM:6982:protected",
    "master-file=both",
    "parameter-id-wanted=6a8",
    "signing=loudly",
    "signing=der:4",
    "pss-salt=129",
    "wrong-hash=SOD",
    "cloned-key=DG13",
    "ber-sod=yes",
  ])("%s is none", (text) => {
    expect(() => parseChipFault(text)).toThrow(
      expect.objectContaining({ code: "CHIP_FAULT_UNKNOWN" }),
    );
  });

  test.each([
    ["bac-ecdsa", "cloned-key=DG14"],
    ["bac-ecdsa", "altered-file=DG7"],
    ["bac-ecdsa", "wrong-hash=DG7"],
    ["bac-rsa", "key-without-info"],
  ] as const)("%s has nothing for %s", (profile, fault) => {
    expect(() => chipOf(profile, fault)).toThrow(
      expect.objectContaining({ code: "CHIP_PERSONALISATION" }),
    );
  });
});
