import { describe, expect, test } from "vitest";
import { createTerminal } from "../src/authentication/create-terminal.js";
import { personalise } from "../src/chip/profiles/personalise.js";
import { PROFILES, type ProfileName } from "../src/chip/profiles/profiles.js";
import { transceiveWith } from "../src/chip/transceive.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import { signatureAlgorithmOf } from "../src/cms/algorithm.js";
import { decodeCertificate } from "../src/cms/certificate.js";
import type { CurveName } from "../src/crypto/curves.js";
import { rfc5114Group } from "../src/crypto/dh-groups.js";
import { type KeyAgreementParameters, keyAgreementGroup } from "../src/crypto/key-agreement.js";
import type { SecureMessagingCipher } from "../src/iso7816/sm-cipher.js";
import { decodeSod } from "../src/lds/sod.js";
import { nodeCrypto } from "../src/node/index.js";
import { decodeOid, type Oid } from "../src/oid.js";
import { drive } from "../src/protocol.js";
import { readDocument } from "../src/reader/read-document.js";
import { decodeTape, encodeTape, recordTape, type Tape } from "../src/tape/index.js";
import { decodeTlv, decodeTlvs } from "../src/tlv.js";
import { countingRandom } from "./support/counting-random.js";
import { type Heard, listen } from "./support/wiretap.js";

const curve = (name: CurveName): KeyAgreementParameters => ({ type: "EC", curve: name });
const group = (id: 0 | 1 | 2): KeyAgreementParameters => ({ type: "DH", group: rfc5114Group(id)! });
const PACE = "0.4.0.127.0.7.2.2.4";
const CA = "0.4.0.127.0.7.2.2.3";

interface Wire {
  /** Identifier that MSE:Set AT names, group of the keys, cipher of the session; else basic access control. */
  readonly pace?: readonly [oid: Oid, parameters: KeyAgreementParameters, SecureMessagingCipher];
  /** The same of chip authentication; without identifier in one step, which means 3DES. */
  readonly chip?: readonly [
    oid: Oid | null,
    parameters: KeyAgreementParameters,
    SecureMessagingCipher,
  ];
  /** Whether the terminal shows certificates and signs the chip's challenge. */
  readonly terminal?: boolean;
  /** Whether the chip signs the terminal's challenge. */
  readonly signs?: boolean;
  /** Scheme of EF.SOD. */
  readonly sod: readonly [scheme: string, curve?: CurveName];
}

const ECDSA: Wire["sod"] = ["ECDSA", "P-256"];

/** What the name of each profile promises, as it is seen on the wire. */
const PROMISES: Readonly<Record<ProfileName, Wire>> = {
  "bac-rsa": { signs: true, sod: ["RSASSA-PKCS1-v1_5"] },
  "bac-rsa-pss": { signs: true, sod: ["RSASSA-PSS"] },
  "bac-ecdsa": { signs: true, sod: ECDSA },
  "bac-brainpool": { signs: true, sod: ["ECDSA", "brainpoolP256r1"] },
  "pace-gm-brainpool": {
    pace: [`${PACE}.2.2`, curve("brainpoolP256r1"), "AES-128"],
    signs: true,
    sod: ECDSA,
  },
  "pace-gm-p256": { pace: [`${PACE}.2.4`, curve("P-256"), "AES-256"], signs: true, sod: ECDSA },
  "pace-gm-dh": { pace: [`${PACE}.1.2`, group(2), "AES-128"], signs: true, sod: ECDSA },
  "pace-im-ecdh": {
    pace: [`${PACE}.4.2`, curve("brainpoolP256r1"), "AES-128"],
    signs: true,
    sod: ECDSA,
  },
  "pace-im-dh": { pace: [`${PACE}.3.2`, group(0), "AES-128"], signs: true, sod: ECDSA },
  "pace-cam": { pace: [`${PACE}.6.2`, curve("brainpoolP256r1"), "AES-128"], sod: ECDSA },
  "ca-aes": { chip: [`${CA}.2.4`, curve("brainpoolP256r1"), "AES-256"], sod: ECDSA },
  "ca-3des": { chip: [null, group(2), "3DES"], sod: ["RSASSA-PKCS1-v1_5"] },
  "eac-ta": {
    pace: [`${PACE}.2.2`, curve("brainpoolP256r1"), "AES-128"],
    chip: [`${CA}.2.4`, curve("brainpoolP256r1"), "AES-256"],
    terminal: true,
    sod: ECDSA,
  },
  "td1-id-card": {
    pace: [`${PACE}.2.4`, curve("brainpoolP384r1"), "AES-256"],
    chip: [`${CA}.2.4`, curve("brainpoolP384r1"), "AES-256"],
    sod: ["ECDSA", "brainpoolP256r1"],
  },
  tampered: { signs: true, sod: ECDSA },
  cloned: { signs: true, sod: ECDSA },
  expired: { signs: true, sod: ECDSA },
  untrusted: { signs: true, sod: ECDSA },
};

const record = async (name: ProfileName): Promise<Tape> => {
  const { password, terminal, ...made } = personalise(name, { crypto: nodeCrypto });
  const chip = createVirtualChip(made, { random: countingRandom(21), crypto: nodeCrypto });
  const recorder = recordTape({ transceive: transceiveWith(chip), random: countingRandom(22) });
  const { random } = recorder;
  const protocol = readDocument(password, {
    random,
    crypto: nodeCrypto,
    ...(terminal ? { terminal: createTerminal(terminal, { crypto: nodeCrypto }) } : {}),
  });
  expect((await drive(protocol, recorder.transceive)).failure).toBeNull();
  const tape = decodeTape(encodeTape(recorder.tape()));
  if (tape.redacted) expect.unreachable();
  return tape;
};

const ins = (heard: readonly Heard[], code: number) =>
  heard.filter(({ command }) => command.ins === code);

const objectsOf = (data: Uint8Array | undefined) =>
  new Map(decodeTlvs(data ?? new Uint8Array()).map(({ tag, value }) => [tag, value]));

const insideOf = (data: Uint8Array | undefined) =>
  new Map((data ? decodeTlv(data).children() : []).map(({ tag, value }) => [tag, value]));

const setting = (heard: readonly Heard[], p1: number, p2: number) =>
  ins(heard, 0x22).filter(({ command }) => command.p1 === p1 && command.p2 === p2);

const isElement = (parameters: KeyAgreementParameters, bytes: Uint8Array | undefined) =>
  bytes !== undefined && keyAgreementGroup(parameters, nodeCrypto).isElement(bytes);

const checkAccess = (heard: readonly Heard[], { pace }: Wire) => {
  const selected = setting(heard, 0xc1, 0xa4);
  const basic = heard.filter(({ command, cipher }) => command.ins === 0x84 && cipher === "none");
  if (!pace) {
    expect(selected).toEqual([]);
    expect(basic).toHaveLength(1);
    expect(ins(heard, 0x82)[0]?.command.data).toHaveLength(40);
    return "3DES";
  }
  const [oid, parameters, cipher] = pace;
  expect(basic).toEqual([]);
  expect(selected.map(({ command }) => decodeOid(objectsOf(command.data).get(0x80)!))).toEqual([
    oid,
  ]);
  const steps = heard.filter(({ command, cipher: by }) => command.ins === 0x86 && by === "none");
  const [nonce, mapping, agreement, token] = steps.map(({ command, answer }) => ({
    sent: insideOf(command.data),
    came: insideOf(answer.data),
  }));
  expect(nonce?.came.get(0x80)).toHaveLength(16);
  const integrated = [3, 4].includes(Number(oid.split(".").at(-2)));
  if (integrated) {
    expect(mapping?.sent.get(0x81)).toHaveLength(16);
    expect(mapping?.came.get(0x82) ?? new Uint8Array()).toHaveLength(0);
  } else {
    expect(isElement(parameters, mapping?.sent.get(0x81))).toBe(true);
    expect(isElement(parameters, mapping?.came.get(0x82))).toBe(true);
  }
  expect(isElement(parameters, agreement?.sent.get(0x83))).toBe(true);
  expect(isElement(parameters, agreement?.came.get(0x84))).toBe(true);
  expect(token?.came.get(0x86)).toHaveLength(8);
  expect(token?.came.has(0x8a)).toBe(oid.startsWith(`${PACE}.6.`));
  return cipher;
};

const checkChipAuthentication = (heard: readonly Heard[], { chip }: Wire) => {
  const inOneStep = setting(heard, 0x41, 0xa6);
  const selected = setting(heard, 0x41, 0xa4);
  const agreed = heard.filter(({ command, cipher }) => command.ins === 0x86 && cipher !== "none");
  if (!chip) return expect([...inOneStep, ...selected, ...agreed]).toEqual([]);
  const [oid, parameters] = chip;
  if (oid === null) {
    expect([...selected, ...agreed]).toEqual([]);
    expect(isElement(parameters, objectsOf(inOneStep[0]?.command.data).get(0x91))).toBe(true);
    return;
  }
  expect(selected.map(({ command }) => decodeOid(objectsOf(command.data).get(0x80)!))).toEqual([
    oid,
  ]);
  expect(isElement(parameters, insideOf(agreed[0]?.command.data).get(0x80))).toBe(true);
};

const checkTerminalAuthentication = (heard: readonly Heard[], { terminal, chip }: Wire) => {
  const setKey = [...setting(heard, 0x81, 0xb6), ...setting(heard, 0x81, 0xa4)];
  const inside = (code: number) => ins(heard, code).filter(({ cipher }) => cipher !== "none");
  if (!terminal) return expect([...setKey, ...ins(heard, 0x2a), ...inside(0x82)]).toEqual([]);
  const steps = [...setKey, ...ins(heard, 0x2a), ...inside(0x84), ...inside(0x82)];
  expect(new Set(steps.map(({ cipher }) => cipher))).toEqual(new Set([chip?.[2]]));
  expect(ins(heard, 0x2a).length).toBeGreaterThan(1);
  expect(inside(0x84)).toHaveLength(1);
  expect(inside(0x82)).toHaveLength(1);
};

test("there is a promise for each profile", () => {
  expect(Object.keys(PROMISES)).toEqual(Object.keys(PROFILES));
});

describe("the tape of a reading shows what the profile's name promises", () => {
  test.each(Object.entries(PROMISES))("%s", async (name, wire) => {
    const { files, password } = personalise(name as ProfileName, { crypto: nodeCrypto });
    const tape = await record(name as ProfileName);
    const heard = listen(
      tape,
      password,
      files.DG14,
      {
        ...(wire.pace ? { parameters: wire.pace[1] } : {}),
        ...(wire.chip ? { chipCipher: wire.chip[2] } : {}),
      },
      nodeCrypto,
    );
    const cipher = checkAccess(heard, wire);
    checkChipAuthentication(heard, wire);
    checkTerminalAuthentication(heard, wire);
    const ciphers = new Set(heard.map((entry) => entry.cipher));
    expect([...ciphers]).toEqual(["none", ...new Set([cipher, wire.chip?.[2] ?? cipher])]);
    expect(heard.at(-1)?.cipher).toBe(wire.chip?.[2] ?? cipher);
    expect(ins(heard, 0x88)).toHaveLength(wire.signs ? 1 : 0);
  });

  test.each(Object.entries(PROMISES))("%s: its security object", (name, { sod: [scheme, on] }) => {
    const file = personalise(name as ProfileName, { crypto: nodeCrypto }).files.SOD!;
    const { certificates, signerInfos } = decodeSod(file).signedData;
    const identifiers = signerInfos.map(({ signatureAlgorithm }) => signatureAlgorithm);
    expect(identifiers.map((found) => signatureAlgorithmOf(found, "SOD").scheme)).toEqual([scheme]);
    const { publicKey } = decodeCertificate(certificates[0]!);
    expect(publicKey.type === "EC" ? publicKey.curve : undefined).toBe(on);
  });

  test("under another cipher nothing is heard", async () => {
    const { files, password } = personalise("ca-aes", { crypto: nodeCrypto });
    const tape = await record("ca-aes");
    expect(() => listen(tape, password, files.DG14, {}, nodeCrypto)).toThrow(
      expect.objectContaining({ code: "SM_MAC_MISMATCH" }),
    );
  });
});
