import { describe, expect, test } from "vitest";
import { bac } from "../src/access/bac.js";
import { chipAuthentication } from "../src/authentication/chip-authentication.js";
import { chipAuthenticationOffers } from "../src/authentication/chip-authentication-offers.js";
import { createTerminal } from "../src/authentication/create-terminal.js";
import type { TerminalAuthenticationEvidence } from "../src/authentication/evidence.js";
import { decodeEvidence, encodeEvidence } from "../src/authentication/evidence-json.js";
import { replayEvidence } from "../src/authentication/replay-evidence.js";
import { terminalAuthentication } from "../src/authentication/terminal.js";
import { compressKey, terminalMessage } from "../src/authentication/terminal-binding.js";
import type { TerminalCredentials } from "../src/authentication/terminal-credentials.js";
import {
  selectAuthenticationKey,
  selectVerificationKey,
} from "../src/authentication/terminal-messages.js";
import { verifyTerminalAuthentication } from "../src/authentication/terminal-verify.js";
import { biometricRecords } from "../src/biometrics/index.js";
import { toHex } from "../src/bytes.js";
import type { ChipFault } from "../src/chip/faults.js";
import type { ChipPersonalisation } from "../src/chip/personalisation.js";
import { simulatorAnchors } from "../src/chip/pki/simulator.js";
import {
  simulatorTerminal,
  simulatorTerminalAuthority,
} from "../src/chip/pki/terminal-simulator.js";
import { HOLDER_PASSWORD } from "../src/chip/profiles/holder.js";
import { personalise } from "../src/chip/profiles/personalise.js";
import type { ProfileName } from "../src/chip/profiles/profiles.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { decodeCvCertificate } from "../src/cvc/certificate.js";
import { trustPointOf } from "../src/cvc/key.js";
import { terminalAuthenticationProtocol } from "../src/cvc/protocol.js";
import { signPlain } from "../src/cvc/signature.js";
import { EmrtdError } from "../src/errors.js";
import { decodeCommandApdu } from "../src/iso7816/command-apdu.js";
import { protectedBy } from "../src/iso7816/protected-by.js";
import { readBinary } from "../src/iso7816/read-binary.js";
import type { SecureMessaging } from "../src/iso7816/secure-messaging.js";
import { createSecureMessaging } from "../src/iso7816/secure-messaging.js";
import { EMRTD_APPLICATION, selectApplication, selectFile } from "../src/iso7816/select.js";
import { encodeCom } from "../src/lds/com.js";
import { decodeCvca } from "../src/lds/cvca.js";
import { decodeDg3 } from "../src/lds/dg3.js";
import { decodeDg4 } from "../src/lds/dg4.js";
import { decodeDg14, encodeDg14 } from "../src/lds/dg14.js";
import { type FileName, fileByName } from "../src/lds/files.js";
import { nodeCrypto } from "../src/node/index.js";
import { drive, type Protocol } from "../src/protocol.js";
import type { DocumentReading } from "../src/reader/document-reading.js";
import type { AccessPolicy } from "../src/reader/open-chip.js";
import { readDocument } from "../src/reader/read-document.js";
import { DEFAULT_READ_PLAN } from "../src/reader/read-plan.js";
import { authorityFile } from "../src/reader/terminal-authentication-step.js";
import { createTrustStore } from "../src/trust/store.js";
import type { CheckId } from "../src/verification/report.js";
import { verifyDocument } from "../src/verification/verify-document.js";
import { countingRandom } from "./support/counting-random.js";
import { certify, chipTrusting, type Holder } from "./support/cv-pki.js";

interface Attempt {
  readonly chip?: ChipPersonalisation;
  readonly terminal?: TerminalCredentials;
  readonly access?: AccessPolicy["protocol"];
  readonly faults?: readonly ChipFault[];
  readonly resume?: DocumentReading;
  readonly crypto?: typeof nodeCrypto;
  /** A file in which one command is refused in the clear. */
  readonly refuseIn?: FileName;
  /** Answers in place of the chip. */
  readonly instead?: (command: Uint8Array) => Uint8Array | undefined;
}

const trust = createTrustStore(
  simulatorAnchors(nodeCrypto).map((bytes) => ({ type: "certificate", bytes }) as const),
  { crypto: nodeCrypto },
);
const eac = personalise("eac-ta", { crypto: nodeCrypto });
const own = simulatorTerminal(nodeCrypto);

const read = async (attempt: Attempt = {}) => {
  const { chip: made = eac, access = "auto", crypto = nodeCrypto, instead } = attempt;
  const { terminal, resume, faults = [] } = attempt;
  const chip = createVirtualChip(made, { random: countingRandom(2), crypto, faults });
  const plan = { ...DEFAULT_READ_PLAN, access: { ...DEFAULT_READ_PLAN.access, protocol: access } };
  const events: string[] = [];
  let inHand: FileName | undefined;
  let refuse = attempt.refuseIn;
  const protocol = readDocument(HOLDER_PASSWORD, {
    random: countingRandom(3),
    crypto,
    plan,
    ...(terminal ? { terminal: createTerminal(terminal, { crypto }) } : {}),
    ...(resume ? { resume } : {}),
    onProgress(event) {
      events.push(event.event);
      if (event.event === "reading" && event.read > 0) inHand = event.file;
    },
  });
  const reading = await drive(protocol, async (command) => {
    if (refuse !== undefined && inHand === refuse) {
      refuse = undefined;
      return Uint8Array.of(0x67, 0x00);
    }
    return instead?.(command) ?? chip.receive(command);
  });
  const { files, evidence } = reading;
  const at = new Date("2026-06-01T00:00:00Z");
  const report = verifyDocument(files, trust, { at, evidence, crypto });
  const check = (id: CheckId) => report.checks.find((row) => row.id === id)!;
  const proof = evidence.find(
    (item): item is TerminalAuthenticationEvidence => item.protocol === "terminal-authentication",
  );
  const guarded = [reading.outcomes.DG3, reading.outcomes.DG4];
  return { chip, reading, report, check, proof, guarded, events };
};

const TA = "terminal-authentication";

describe.each([portableCrypto, nodeCrypto])("with $name cryptography", (crypto) => {
  test.each(["auto", "bac"] as const)(
    "fingers and irises are read after access by %s",
    async (access) => {
      const { report, check, reading, guarded, proof } = await read({
        terminal: own,
        access,
        crypto,
      });
      expect(reading.failure).toBeNull();
      expect(guarded).toEqual(["read", "read"]);
      expect(report.verdict).toBe("authentic");
      expect(report.dataGroups[3]).toEqual({ hash: "match" });
      expect(check(TA)).toEqual({
        id: TA,
        status: "passed",
        reason: null,
        detail: {
          authorities: ["UTCVCAUT001"],
          step: "external-authenticate",
          statusWord: 0x9000,
          terminal: "UTINSPECTUT001",
          rights: ["read-dg3", "read-dg4"],
          read: ["DG3", "DG4"],
        },
      });
      // PACE says what else stands in EF.CVCA.
      expect(reading.outcomes.CVCA).toBe(access === "bac" ? "read" : undefined);
      const identifier = new TextDecoder().decode(proof!.chipIdentifier);
      expect(identifier === "L898902C36").toBe(access === "bac");
    },
  );
});

test("the records are finger and iris records", async () => {
  const { reading } = await read({ terminal: own });
  const fingers = biometricRecords(decodeDg3(reading.files.DG3!));
  expect(fingers.map((record) => record.standard)).toEqual(["19794-4", "19794-4"]);
  const irises = biometricRecords(decodeDg4(reading.files.DG4!));
  expect(irises.map((record) => record.standard)).toEqual(["19794-6", "19794-6"]);
  expect(fingers[0]!.images[0]).toHaveLength(96 * 128);
  expect(irises[1]!.images[0]).toHaveLength(96 * 72);
});

describe("a chip keeps its secrets", () => {
  const cvca = certify("UTCVCA00001");
  const dv = certify("UTDV00001", cvca);
  const terminalOf = (...holders: readonly [...Holder[], Holder]): TerminalCredentials => ({
    certificates: holders.map(({ certificate }) => certificate.bytes),
    privateKey: holders.at(-1)!.key,
  });
  const trusting = chipTrusting(cvca);
  const chip = { ...eac, terminalTrust: trusting };

  test("without certificates nothing is asked, and the document is authentic all the same", async () => {
    const { guarded, proof, check, report, reading } = await read();
    expect([guarded, proof, reading.failure]).toEqual([["refused", "refused"], undefined, null]);
    expect(check(TA)).toMatchObject({ status: "undetermined", reason: "NOT_ATTEMPTED" });
    expect(report.dataGroups[3]).toEqual({ hash: "not-read" });
    expect(report.verdict).toBe("authentic");
  });

  test.each([
    ["of irises", ["read-dg3"], ["read", "refused"]],
    ["of fingers", ["read-dg4"], ["refused", "read"]],
    ["of both", [], ["refused", "refused"]],
  ] as const)("from a terminal without the right to those %s", async (_, rights, expected) => {
    const terminal = terminalOf(dv, certify("UTIS00001", dv, { rights }));
    const { guarded, check } = await read({ chip, terminal });
    expect(guarded).toEqual(expected);
    expect(check(TA)).toMatchObject({ status: "passed", detail: { rights } });
  });

  test("from a terminal whose document verifier lacks the right", async () => {
    const poor = certify("UTDV00001", cvca, { rights: ["read-dg4"] });
    const { guarded } = await read({
      chip,
      terminal: terminalOf(poor, certify("UTIS00001", poor)),
    });
    expect(guarded).toEqual(["refused", "read"]);
  });

  test.each([
    [
      "document verifier",
      certify("UTDV00001", cvca, { effectiveDate: "2026-05-01", expirationDate: "2026-05-31" }),
    ],
    ["terminal", dv],
  ])("from a %s out of date", async (who, verifier) => {
    const inspection = certify("UTIS00001", verifier, {
      effectiveDate: "2026-05-01",
      expirationDate: who === "terminal" ? "2026-05-31" : "2026-12-31",
    });
    const { guarded, proof, check, reading } = await read({
      chip,
      terminal: terminalOf(verifier, inspection),
    });
    expect(guarded).toEqual(["refused", "refused"]);
    expect(reading.failure).toBeNull();
    expect(proof).toMatchObject({ step: "verify-certificate", statusWord: 0x6300 });
    expect(check(TA)).toMatchObject({ status: "undetermined", reason: "TERMINAL_REFUSED" });
  });

  test("from terminals of another authority, to which nothing is sent", async () => {
    const { guarded, proof, check } = await read({ chip, terminal: own });
    expect(guarded).toEqual(["refused", "refused"]);
    expect(proof).toMatchObject({ step: "no-chain", authorityReferences: ["UTCVCA00001"] });
    expect(check(TA)).toMatchObject({ status: "undetermined", reason: "TERMINAL_CHAIN_MISSING" });
  });

  test("before it was authenticated itself", async () => {
    const { DG14: _, ...files } = eac.files;
    const { guarded, proof, check } = await read({ chip: { ...eac, files }, terminal: own });
    expect(guarded).toEqual(["refused", "refused"]);
    expect(proof).toMatchObject({ step: "no-bound-key", statusWord: 0 });
    expect(check(TA)).toMatchObject({ reason: "TERMINAL_KEY_NOT_BOUND" });
  });

  test("from a terminal that skips chip authentication", async () => {
    const bare = createVirtualChip(eac, { random: countingRandom(2), crypto: nodeCrypto });
    const options = { random: countingRandom(3), crypto: nodeCrypto };
    function* skip(): Protocol<number[]> {
      yield selectApplication(EMRTD_APPLICATION);
      const plain = yield selectVerificationKey("UTCVCAUT001");
      const channel = createSecureMessaging(yield* bac(HOLDER_PASSWORD, options), nodeCrypto);
      function* inside(): Protocol<number[]> {
        const known = yield selectVerificationKey("UTCVCAUT001");
        const key = yield selectAuthenticationKey("UTINSPECTUT001");
        const signature = yield { cla: 0, ins: 0x82, p1: 0, p2: 0, data: new Uint8Array(64) };
        return [plain, known, key, signature].map(({ statusWord }) => statusWord);
      }
      return yield* protectedBy(channel, inside());
    }
    const statusWords = await drive(skip(), async (command) => bare.receive(command));
    expect(statusWords).toEqual([0x6982, 0x9000, 0x6982, 0x6982]);
  });
});

describe("rights end", () => {
  test("with the session that they were given in: chip authentication begins another", async () => {
    const chip = createVirtualChip(eac, { random: countingRandom(2), crypto: nodeCrypto });
    const options = { random: countingRandom(3), crypto: nodeCrypto };
    const offer = chipAuthenticationOffers(decodeDg14(eac.files.DG14!).securityInfos)[0]!;
    const chain = own.certificates.map(decodeCvCertificate);
    function* agree(channel: SecureMessaging) {
      const { session, publicKey } = yield* protectedBy(
        channel,
        chipAuthentication(offer, options),
      );
      return { channel: createSecureMessaging(session!, nodeCrypto), publicKey };
    }
    function* readDg3(): Protocol<number> {
      yield selectFile(fileByName("DG3"));
      return (yield readBinary(0, 4)).statusWord;
    }
    function* conversation(): Protocol<number[]> {
      yield selectApplication(EMRTD_APPLICATION);
      const opened = createSecureMessaging(yield* bac(HOLDER_PASSWORD, options), nodeCrypto);
      const { channel, publicKey } = yield* agree(opened);
      const binding = {
        chipIdentifier: new TextEncoder().encode("L898902C36"),
        terminalKey: compressKey("EC", publicKey, nodeCrypto),
      };
      const run = terminalAuthentication(chain, own.privateKey, binding, options);
      const { statusWord } = yield* protectedBy(channel, run);
      const before = yield* protectedBy(channel, readDg3());
      const second = yield* agree(channel);
      const after = yield* protectedBy(second.channel, readDg3());
      return [statusWord, before, after];
    }
    expect(await drive(conversation(), async (command) => chip.receive(command))).toEqual([
      0x9000, 0x9000, 0x6982,
    ]);
  });
});

describe("other chips", () => {
  /** A chip of a profile with DG3 for terminals, listed in EF.COM alone. */
  const guarding = (name: ProfileName): ChipPersonalisation => {
    const chip = personalise(name, { crypto: nodeCrypto });
    const COM = encodeCom({ ldsVersion: "0107", unicodeVersion: "040000", tagList: [0x61, 0x63] });
    const { terminalTrust, extendedAccess, files } = eac;
    const { CVCA, DG3 } = files;
    return {
      ...chip,
      files: { ...chip.files, COM, CVCA: CVCA!, DG3: DG3! },
      extendedAccess,
      ...(terminalTrust ? { terminalTrust } : {}),
    };
  };

  test.each(["pace-cam", "ca-3des", "td1-id-card"] as const)("%s", async (name) => {
    const { reading, check } = await read({ chip: guarding(name), terminal: own });
    expect(reading.outcomes.DG3).toBe("read");
    expect(check(TA)).toMatchObject({ status: "passed", reason: null });
  });

  /** A chip and a terminal of an authority with RSA, whose certificates are long. */
  const withRsa = (chip: ChipPersonalisation): [ChipPersonalisation, TerminalCredentials] => {
    const authority = certify("UTCVCA00001", undefined, { protocol: "0.4.0.127.0.7.2.2.2.1.4" });
    const dv = certify("UTDV00001", authority);
    const { certificate, key } = certify("UTIS00001", dv);
    return [
      { ...chip, terminalTrust: chipTrusting(authority) },
      { certificates: [dv.certificate.bytes, certificate.bytes], privateKey: key },
    ];
  };

  test("without extended length is opened again and sent chains", async () => {
    const [chip, terminal] = withRsa({ ...eac, extendedLength: false });
    const { guarded, report, check, events } = await read({ chip, terminal });
    expect(guarded).toEqual(["read", "read"]);
    expect(check(TA).status).toBe("passed");
    expect(report.verdict).toBe("authentic");
    expect(events.filter((event) => event === "opened")).toHaveLength(2);
  });

  test("that say in EF.ATR/INFO that they want chains get them at once", async () => {
    const files = { ...eac.files, "ATR/INFO": Uint8Array.of(0x47, 3, 0, 0, 0x80) };
    const [chip, terminal] = withRsa({ ...eac, files });
    const virtual = createVirtualChip(chip, { random: countingRandom(2), crypto: nodeCrypto });
    const atrInfo = { step: "read", file: "ATR/INFO", when: "always" } as const;
    const plan = { ...DEFAULT_READ_PLAN, steps: [atrInfo, ...DEFAULT_READ_PLAN.steps] };
    const options = {
      random: countingRandom(3),
      crypto: nodeCrypto,
      plan,
      terminal: createTerminal(terminal),
    };
    const lengths: number[] = [];
    const reading = await drive(readDocument(HOLDER_PASSWORD, options), async (command) => {
      lengths.push(command.length);
      return virtual.receive(command);
    });
    expect(reading.outcomes.DG3).toBe("read");
    expect(Math.max(...lengths)).toBeLessThanOrEqual(261);
  });

  test("that do not know the request for references are asked without it", async () => {
    const selections: string[] = [];
    const { guarded, reading } = await read({
      terminal: own,
      instead: (command) => {
        if (command[1] !== 0x22 || command[2] !== 0xc1) return undefined;
        const selection = toHex(decodeCommandApdu(command).data!);
        selections.push(selection);
        return selection.includes("7f4c") ? Uint8Array.of(0x6a, 0x80) : undefined;
      },
    });
    const [first, second, ...more] = selections;
    expect(first).toBe(`${second}7f4c0e060904007f00070301020153013f`);
    expect(more).toEqual([]);
    expect(reading.outcomes.CVCA).toBe("read");
    expect(guarded).toEqual(["read", "read"]);
  });

  test("learn a new authority from a link, and name it in EF.CVCA when they are next read", async () => {
    const cvca = certify("UTCVCA00001");
    const next = certify("UTCVCA00002", cvca, { effectiveDate: "2026-07-01" });
    const dv = certify("UTDV00002", next);
    const inspection = certify("UTIS00002", dv);
    const { certificate } = inspection;
    const terminal = {
      certificates: [next.certificate.bytes, dv.certificate.bytes, certificate.bytes],
      privateKey: inspection.key,
    };
    const made = { ...eac, terminalTrust: chipTrusting(cvca) };
    const { chip, guarded, proof } = await read({ chip: made, terminal, access: "bac" });
    expect(guarded).toEqual(["read", "read"]);
    expect(proof!.certificates).toHaveLength(3);
    chip.reset();
    const plan = {
      ...DEFAULT_READ_PLAN,
      access: { protocol: "bac", bacAfterPaceFailure: false },
    } as const;
    const options = {
      random: countingRandom(4),
      crypto: nodeCrypto,
      plan,
      terminal: createTerminal(terminal),
    };
    const again = await drive(readDocument(HOLDER_PASSWORD, options), async (command) =>
      chip.receive(command),
    );
    expect(decodeCvca(again.files.CVCA!).references).toEqual(["UTCVCA00002", "UTCVCA00001"]);
    expect(again.outcomes.DG3).toBe("read");
    const second = again.evidence.find((item) => item.protocol === TA);
    expect((second as TerminalAuthenticationEvidence).certificates).toHaveLength(2);
  });
});

describe("a session that is lost", () => {
  test("in the middle of DG3 is resumed with all the proofs that it takes", async () => {
    const whole = await read({ terminal: own });
    const count = whole.events.length;
    expect(count).toBeGreaterThan(100);
    const lost = await read({ terminal: own, faults: [{ fault: "tag-lost", after: 150 }] });
    expect(lost.reading.partial?.file).toBe("DG3");
    const { guarded, reading, report, check } = await read({ terminal: own, resume: lost.reading });
    expect(guarded).toEqual(["read", "read"]);
    expect(reading.files.DG3).toEqual(eac.files.DG3);
    expect(check(TA).status).toBe("passed");
    expect(check("chip-authentication").status).toBe("passed");
    expect(report.verdict).toBe("authentic");
  });

  test("over a length in DG3 is opened again with all the proofs that it takes", async () => {
    const { guarded, report, check, events } = await read({ terminal: own, refuseIn: "DG3" });
    expect(events.filter((event) => event === "opened")).toHaveLength(2);
    expect(guarded).toEqual(["read", "read"]);
    expect(check(TA).status).toBe("passed");
    expect(report.verdict).toBe("authentic");
  });
});

describe("the evidence", () => {
  const authorities = [trustPointOf(decodeCvCertificate(simulatorTerminalAuthority(nodeCrypto)))];

  test("is the same from text, and holds by itself and with the authority's key", async () => {
    const { reading, proof } = await read({ terminal: own });
    const received = decodeEvidence(encodeEvidence(reading.evidence));
    expect(received).toEqual(reading.evidence);
    expect(replayEvidence(received, reading.files, { crypto: portableCrypto })).toEqual([
      { protocol: "chip-authentication", status: "passed" },
      { protocol: TA, status: "passed" },
    ]);
    const options = { crypto: nodeCrypto, authorities };
    expect(verifyTerminalAuthentication(proof!, options).status).toBe("passed");
    const other = [trustPointOf(certify("UTCVCAUT001").certificate)];
    expect(
      verifyTerminalAuthentication(proof!, { crypto: nodeCrypto, authorities: other }).status,
    ).toBe("failed");
  });

  test("fails with any byte of any of its byte strings altered", async () => {
    const { proof } = await read({ terminal: own });
    const options = { crypto: nodeCrypto, authorities };
    const flip = (bytes: Uint8Array, at: number) =>
      bytes.map((byte, i) => (i === at ? byte ^ 1 : byte));
    for (const field of ["chipIdentifier", "terminalKey", "challenge", "signature"] as const) {
      for (let at = 0; at < proof![field].length; at++) {
        const altered = { ...proof!, [field]: flip(proof![field], at) };
        expect(verifyTerminalAuthentication(altered, options).status, field).toBe("failed");
      }
    }
    for (const [index, bytes] of proof!.certificates.entries()) {
      for (let at = 0; at < bytes.length; at++) {
        const certificates = [...proof!.certificates];
        certificates[index] = flip(bytes, at);
        const result = verifyTerminalAuthentication({ ...proof!, certificates }, options);
        expect(result.status, `${index}/${at}`).toBe("failed");
      }
    }
    expect(verifyTerminalAuthentication({ ...proof!, certificates: [] }, options).status).toBe(
      "failed",
    );
  });

  test("fails where a certificate names another authority than the one that signed it", () => {
    const cvca = certify("UTCVCA00001");
    const dv = certify("UTDV00001", cvca);
    const statusOf = (terminal: Holder) => {
      const binding = { chipIdentifier: Uint8Array.of(1), terminalKey: Uint8Array.of(2) };
      const challenge = new Uint8Array(8);
      const { algorithm } = terminalAuthenticationProtocol(terminal.protocol)!;
      const signature = signPlain(terminal.key, algorithm, terminalMessage(binding, challenge), {
        crypto: nodeCrypto,
        random: countingRandom(1),
      });
      return verifyTerminalAuthentication(
        {
          protocol: TA,
          authorityReferences: [],
          step: "external-authenticate",
          statusWord: 0x9000,
          certificates: [dv.certificate.bytes, terminal.certificate.bytes],
          ...binding,
          challenge,
          signature,
        },
        { crypto: nodeCrypto },
      ).status;
    };
    expect(statusOf(certify("UTIS00001", dv))).toBe("passed");
    expect(statusOf(certify("UTIS00001", dv, { authorityReference: "UTDV00002" }))).toBe("failed");
  });

  test.each(["auto", "bac"] as const)("of another session does not pass (%s)", async (access) => {
    const { reading, proof } = await read({ terminal: own, access });
    const judge = (change: Partial<Record<string, object>>) => {
      const evidence = reading.evidence.map((item) => ({ ...item, ...change[item.protocol] }));
      const at = new Date("2026-06-01T00:00:00Z");
      const report = verifyDocument(reading.files, trust, { at, evidence, crypto: nodeCrypto });
      const { status, reason } = report.checks.find(({ id }) => id === TA)!;
      return [status, reason, report.verdict];
    };
    expect(judge({})).toEqual(["passed", null, "authentic"]);
    const privateKey = new Uint8Array(32).fill(1);
    expect(judge({ "chip-authentication": { privateKey } }).slice(0, 2)).toEqual([
      "failed",
      "TERMINAL_PROOF_INVALID",
    ]);
    expect(judge({ [TA]: { signature: proof!.signature.slice().fill(1) } })).toEqual([
      "failed",
      "TERMINAL_PROOF_INVALID",
      "authentic",
    ]);
    if (access === "bac") {
      const mrzInformation = `X${"L898902C36740812234041590".slice(0, 23)}`;
      expect(judge({ "access-control": { mrzInformation } })[1]).toBe("TERMINAL_PROOF_INVALID");
    }
  });

  test("after chip authentication mapping is tied to the keys of PACE", async () => {
    const chip = personalise("pace-cam", { crypto: nodeCrypto });
    const { files, terminalTrust, extendedAccess } = eac;
    const COM = encodeCom({ ldsVersion: "0107", unicodeVersion: "040000", tagList: [0x61, 0x63] });
    const { reading, proof } = await read({
      chip: {
        ...chip,
        files: { ...chip.files, COM, DG3: files.DG3! },
        extendedAccess,
        terminalTrust: terminalTrust!,
      },
      terminal: own,
    });
    const statusWith = (change: Partial<TerminalAuthenticationEvidence>) => {
      const evidence = reading.evidence.map((item) =>
        item.protocol === TA ? { ...item, ...change } : item,
      );
      const report = verifyDocument(reading.files, trust, {
        at: new Date("2026-06-01T00:00:00Z"),
        evidence,
        crypto: nodeCrypto,
      });
      return report.checks.find(({ id }) => id === TA)!.status;
    };
    expect(statusWith({})).toBe("passed");
    expect(statusWith({ terminalKey: proof!.chipIdentifier })).toBe("failed");
  });
});

test("a terminal needs a certificate for its key", () => {
  const [verifier] = own.certificates;
  expect(() => createTerminal({ ...own, certificates: [verifier!] })).toThrow(
    expect.objectContaining({ code: "TERMINAL_CREDENTIALS" }),
  );
  expect(() => createTerminal({ ...own, certificates: [Uint8Array.of(1, 2, 3)] })).toThrow(
    EmrtdError,
  );
});

test("EF.CVCA is looked for where DG14 says that it is", () => {
  const info = {
    type: "TerminalAuthenticationInfo",
    protocol: "0.4.0.127.0.7.2.2.2",
    version: 1,
  } as const;
  const fileIdWith = (more: object) => {
    const DG14 = encodeDg14({ securityInfos: [{ ...info, ...more }] });
    return authorityFile({ files: { DG14 } }).fileId;
  };
  expect(fileIdWith({})).toBe(0x011c);
  expect(fileIdWith({ efCvca: { fileId: Uint8Array.of(0x01, 0x23) } })).toBe(0x0123);
  expect(authorityFile({ files: { DG14: Uint8Array.of(1) } }).fileId).toBe(0x011c);
});
