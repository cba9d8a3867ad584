import { describe, expect, test } from "vitest";
import { mrzInformation } from "../src/access/password.js";
import {
  type TerminalAuthenticationRun,
  terminalAuthentication,
} from "../src/authentication/terminal.js";
import { chipIdentifierOfMrz, compressKey } from "../src/authentication/terminal-binding.js";
import {
  createTerminalChip,
  type TerminalChip,
  type TerminalTrust,
} from "../src/authentication/terminal-chip.js";
import {
  decodeTerminalCredentials,
  terminalChain,
} from "../src/authentication/terminal-credentials.js";
import { fromHex, toHex } from "../src/bytes.js";
import { derivedEcKey } from "../src/chip/pki/keys.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { decodeCvCertificate } from "../src/cvc/certificate.js";
import { TERMINAL_AUTHENTICATION_PROTOCOLS } from "../src/cvc/protocol.js";
import type { CommandApdu } from "../src/iso7816/command-apdu.js";
import { type CommandChain, receiveChained } from "../src/iso7816/command-chaining.js";
import { type ResponseApdu, statusOnly } from "../src/iso7816/response-apdu.js";
import { nodeCrypto } from "../src/node/index.js";
import { decodeTlv } from "../src/tlv.js";
import { countingRandom } from "./support/counting-random.js";
import { certify, chipTrusting, type Holder } from "./support/cv-pki.js";

const cvca = certify("UTCVCA00001");
const dv = certify("UTDV00001", cvca);
const terminal = certify("UTIS00001", dv);
const BINDING = { chipIdentifier: fromHex("0102"), terminalKey: fromHex("0304") };

const bytesOf = (...holders: readonly Holder[]) =>
  holders.map((holder) => holder.certificate.bytes);
const credentialsOf = (holders: readonly Holder[], { key }: Holder) =>
  decodeTerminalCredentials({ certificates: bytesOf(...holders), privateKey: key }, nodeCrypto);

const chipOf = (trust: TerminalTrust, crypto = nodeCrypto, onTrust = (_: TerminalTrust) => {}) =>
  createTerminalChip({ trust, onTrust, random: countingRandom(7), crypto });

/** The chip behind its commands, without secure messaging. */
const answering = (chip: TerminalChip, binding = BINDING) => {
  let chain: CommandChain | undefined;
  const sent: CommandApdu[] = [];
  const whole = ({ ins, p1, data }: CommandApdu): ResponseApdu => {
    const reference = ins === 0x22 ? decodeTlv(data!).expect(0x83, "MSE").value : undefined;
    switch (ins) {
      case 0x22: {
        expect(p1).toBe(0x81);
        const at = data && sent.at(-1)!.p2 === 0xa4;
        return statusOnly(
          at ? chip.selectAuthenticationKey(reference) : chip.selectVerificationKey(reference),
        );
      }
      case 0x2a:
        return statusOnly(chip.verifyCertificate(data!));
      case 0x84:
        return { data: chip.challenge() ?? new Uint8Array(), statusWord: 0x9000 };
      default:
        return statusOnly(chip.authenticate(data!, binding));
    }
  };
  const answer = (command: CommandApdu): ResponseApdu => {
    sent.push(command);
    const step = receiveChained(chain, command);
    chain = step.state === "more" ? step.chain : undefined;
    return step.state === "more" ? statusOnly(0x9000) : whole(step.command);
  };
  return { answer, sent };
};

const run = (
  protocol: Generator<CommandApdu, TerminalAuthenticationRun, ResponseApdu>,
  answer: (command: CommandApdu) => ResponseApdu,
): TerminalAuthenticationRun => {
  let step = protocol.next();
  while (!step.done) step = protocol.next(answer(step.value));
  return step.value;
};

const options = { crypto: nodeCrypto, random: countingRandom(3) };
const CHAIN = [dv.certificate, terminal.certificate];

describe("terminal authentication between the two sides", () => {
  test.each(TERMINAL_AUTHENTICATION_PROTOCOLS)("$name", ({ oid }) => {
    const authority = certify("UTCVCA00001", undefined, { protocol: oid });
    const verifier = certify("UTDV00001", authority);
    const inspection = certify("UTIS00001", verifier);
    for (const crypto of [portableCrypto, nodeCrypto]) {
      const chip = chipOf(chipTrusting(authority), crypto);
      const chain = [verifier.certificate, inspection.certificate];
      const result = run(
        terminalAuthentication(chain, inspection.key, BINDING, { ...options, crypto }),
        answering(chip).answer,
      );
      expect([result.step, result.statusWord]).toEqual(["external-authenticate", 0x9000]);
      expect(chip.authorization?.rights).toEqual(["read-dg3", "read-dg4"]);
    }
  });

  test("long commands leave extended, or in pieces that are short when protected", () => {
    const rsa = "0.4.0.127.0.7.2.2.2.1.4";
    const authority = certify("UTCVCA00001", undefined, { protocol: rsa });
    const verifier = certify("UTDV00001", authority);
    const inspection = certify("UTIS00001", verifier);
    const chain = [verifier.certificate, inspection.certificate];
    for (const [longCommands, longest] of [
      ["extended", 700],
      ["chained", 239],
    ] as const) {
      const { answer, sent } = answering(chipOf(chipTrusting(authority)));
      const protocol = terminalAuthentication(chain, inspection.key, BINDING, {
        ...options,
        longCommands,
      });
      expect(run(protocol, answer).statusWord).toBe(0x9000);
      const lengths = sent.map(({ data }) => data?.length ?? 0);
      expect(Math.max(...lengths)).toBeLessThanOrEqual(longest);
      expect(sent.some(({ cla }) => cla === 0x10)).toBe(longCommands === "chained");
    }
  });

  test("a link certificate leads from an old authority to a new one, and is kept", () => {
    const next = certify("UTCVCA00002", cvca, { effectiveDate: "2026-07-01" });
    const verifier = certify("UTDV00002", next);
    const inspection = certify("UTIS00002", verifier);
    const credentials = credentialsOf([next, verifier, inspection, cvca], inspection);
    const chain = terminalChain(credentials, ["UTCVCA00001"])!;
    expect(chain).toHaveLength(3);
    const kept: TerminalTrust[] = [];
    const chip = chipOf(chipTrusting(cvca), nodeCrypto, (trust) => kept.push(trust));
    const result = run(
      terminalAuthentication(chain, inspection.key, BINDING, options),
      answering(chip).answer,
    );
    expect(result.statusWord).toBe(0x9000);
    expect(kept.at(-1)).toMatchObject({
      currentDate: "2026-07-01",
      trustPoints: [{ reference: "UTCVCA00002" }, { reference: "UTCVCA00001" }],
    });
  });
});

describe("what a chip refuses is a value", () => {
  const refusal = (chip: TerminalChip, chain = CHAIN, key = terminal.key, binding = BINDING) => {
    const { step, statusWord, signature } = run(
      terminalAuthentication(chain, key, binding, options),
      answering(chip).answer,
    );
    expect(chip.authorization).toBeUndefined();
    return [step, statusWord.toString(16), signature.length > 0];
  };

  test("a chain from another authority", () => {
    const chip = chipOf(chipTrusting(certify("UTCVCA00009")));
    expect(refusal(chip)).toEqual(["select-verification-key", "6a88", false]);
  });

  test("an expired certificate", () => {
    const chip = chipOf({ ...chipTrusting(cvca), currentDate: "2027-01-01" });
    expect(refusal(chip)).toEqual(["verify-certificate", "6300", false]);
  });

  test("a certificate with a wrong signature", () => {
    const bytes = dv.certificate.bytes.slice();
    bytes[bytes.length - 1]! ^= 1;
    const chain = [decodeCvCertificate(bytes), terminal.certificate];
    expect(refusal(chipOf(chipTrusting(cvca)), chain)).toEqual([
      "verify-certificate",
      "6300",
      false,
    ]);
  });

  test("a document verifier in the place of a terminal", () => {
    expect(refusal(chipOf(chipTrusting(cvca)), [dv.certificate], dv.key)).toEqual([
      "select-authentication-key",
      "6985",
      false,
    ]);
  });

  test("a signature by another key", () => {
    const other = derivedEcKey("P-256", "other", nodeCrypto);
    expect(refusal(chipOf(chipTrusting(cvca)), CHAIN, other)).toEqual([
      "external-authenticate",
      "6300",
      true,
    ]);
  });

  test.each(["chipIdentifier", "terminalKey"] as const)("a signature over another %s", (field) => {
    const binding = { ...BINDING, [field]: fromHex("ffff") };
    expect(refusal(chipOf(chipTrusting(cvca)), CHAIN, terminal.key, binding)).toEqual([
      "external-authenticate",
      "6300",
      true,
    ]);
  });

  test("a challenge of another length is not signed", () => {
    const chip = answering(chipOf(chipTrusting(cvca)));
    const result = run(terminalAuthentication(CHAIN, terminal.key, BINDING, options), (command) =>
      command.ins === 0x84 ? { data: fromHex("00"), statusWord: 0x9000 } : chip.answer(command),
    );
    expect(result).toMatchObject({ step: "get-challenge", signature: new Uint8Array() });
  });
});

describe("the chip's side", () => {
  const name = (text: string) => new TextEncoder().encode(text);
  const send = (chip: TerminalChip, holder: Holder) => {
    chip.selectVerificationKey(name(holder.certificate.authorityReference));
    // The value of 7F21, whose length takes two bytes here or three.
    const { value } = decodeTlv(holder.certificate.bytes);
    return chip.verifyCertificate(value);
  };
  const ready = () => {
    const chip = chipOf(chipTrusting(cvca));
    expect([send(chip, dv), send(chip, terminal)]).toEqual([0x9000, 0x9000]);
    expect(chip.selectAuthenticationKey(name("UTIS00001"))).toBe(0x9000);
    return chip;
  };
  const signed = (challenge: Uint8Array) => {
    let signature: Uint8Array | undefined;
    run(terminalAuthentication(CHAIN, terminal.key, BINDING, options), (command) => {
      if (command.ins === 0x82) signature = command.data;
      return { data: command.ins === 0x84 ? challenge : new Uint8Array(), statusWord: 0x9000 };
    });
    return signature!;
  };

  test("a challenge is good for one attempt", () => {
    const chip = ready();
    const signature = signed(chip.challenge()!);
    expect(chip.authenticate(new Uint8Array(64), BINDING)).toBe(0x6300);
    expect(chip.authenticate(signature, BINDING)).toBe(0x6985);
    chip.challenge();
    expect(chip.authenticate(signature, BINDING)).toBe(0x6300);
    expect(chip.authorization).toBeUndefined();
  });

  test("a session is good for one success", () => {
    const chip = ready();
    expect(chip.authenticate(signed(chip.challenge()!), BINDING)).toBe(0x9000);
    expect(chip.authenticate(signed(chip.challenge()!), BINDING)).toBe(0x6982);
  });

  test("nothing is authenticated without a key that is bound to the session", () => {
    const chip = ready();
    expect(chip.authenticate(signed(chip.challenge()!), undefined)).toBe(0x6982);
  });

  test("there is no challenge before a key is selected, nor after another selection fails", () => {
    const chip = chipOf(chipTrusting(cvca));
    expect(chip.challenge()).toBeUndefined();
    const other = ready();
    expect(other.selectAuthenticationKey(name("UTIS00009"))).toBe(0x6a88);
    expect(other.challenge()).toBeUndefined();
  });

  test("a certificate comes after the selection of its authority", () => {
    const chip = chipOf(chipTrusting(cvca));
    const { value } = decodeTlv(dv.certificate.bytes);
    expect(chip.verifyCertificate(value)).toBe(0x6985);
    chip.selectVerificationKey(name("UTCVCA00001"));
    expect(chip.verifyCertificate(fromHex("7f4e00"))).toBe(0x6a80);
  });

  test.each([undefined, new Uint8Array(), new Uint8Array(17).fill(65)])("bad names", (bytes) => {
    const chip = ready();
    expect(chip.selectVerificationKey(bytes)).toBe(0x6a80);
    expect(chip.selectAuthenticationKey(bytes)).toBe(0x6a80);
  });
});

describe("credentials", () => {
  test("chains are found by what the chip names first, among certificates in any order", () => {
    const other = certify("UTCVCA00005");
    const otherDv = certify("UTDV00005", other);
    const same = certify("UTIS00005", otherDv, { key: terminal.key });
    const credentials = credentialsOf([same, terminal, dv, otherDv, cvca, other], terminal);
    const names = (references: readonly string[]) =>
      terminalChain(credentials, references)?.map(({ holderReference }) => holderReference);
    expect(names(["UTCVCA00001", "UTCVCA00005"])).toEqual(["UTDV00001", "UTIS00001"]);
    expect(names(["UTCVCA00009", "UTCVCA00005"])).toEqual(["UTDV00005", "UTIS00005"]);
    expect(names(["UTCVCA00009"])).toBeUndefined();
    expect(names([])).toBeUndefined();
  });

  test.each([
    ["a key of no certificate", [dv, terminal], dv],
    ["no certificates", [], terminal],
    ["too many certificates", Array.from({ length: 65 }, () => terminal), terminal],
  ])("%s", (_, holders, owner) => {
    expect(() => credentialsOf(holders, owner)).toThrow(
      expect.objectContaining({ code: "TERMINAL_CREDENTIALS" }),
    );
  });
});

describe("the binding", () => {
  test("identifies a chip by its number with check digit", () => {
    const of = (documentNumber: string) =>
      new TextDecoder().decode(
        chipIdentifierOfMrz(
          mrzInformation({ documentNumber, dateOfBirth: "740812", dateOfExpiry: "340415" }),
        ),
      );
    expect(of("L898902C3")).toBe("L898902C36");
    expect(of("T1234")).toBe("T1234<<<<1");
    expect(of("D23145890734")).toBe("D231458907349");
  });

  test("compresses a point to its x, an integer to its hash", () => {
    expect(toHex(compressKey("EC", fromHex("04aabbccdd"), nodeCrypto))).toBe("aabb");
    const hash = nodeCrypto.hash("SHA-1", fromHex("aabb"));
    expect(compressKey("DH", fromHex("aabb"), nodeCrypto)).toEqual(hash);
    expect(compressKey("DH", fromHex("0000aabb"), nodeCrypto)).toEqual(hash);
  });
});
