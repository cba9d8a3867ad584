import { describe, expect, test } from "vitest";
import { verifyActiveAuthentication } from "../src/authentication/active-verify.js";
import type { ActiveAuthenticationEvidence } from "../src/authentication/evidence.js";
import { fromHex, toHex } from "../src/bytes.js";
import type { ChipPersonalisation } from "../src/chip/personalisation.js";
import { derivedEcKey, simulatorRsaKey } from "../src/chip/pki/keys.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import { portableCrypto } from "../src/crypto/portable.js";
import { type PrivateKey, publicKeyOf } from "../src/crypto/private-key.js";
import { encodeSubjectPublicKeyInfo } from "../src/crypto/public-key.js";
import { encodeCom } from "../src/lds/com.js";
import { encodeDg15 } from "../src/lds/dg15.js";
import { drive } from "../src/protocol.js";
import type { DocumentReading } from "../src/reader/document-reading.js";
import { readDocument } from "../src/reader/read-document.js";
import { countingRandom } from "./support/counting-random.js";

const password = { documentNumber: "L898902C3", dateOfBirth: "740812", dateOfExpiry: "340415" };
const rsa = simulatorRsaKey("signer");
const ec = derivedEcKey("P-256", "chip", portableCrypto);

const chipOf = (key: PrivateKey, change: Partial<ChipPersonalisation> = {}) => {
  const publicKey = encodeSubjectPublicKeyInfo(publicKeyOf(key, portableCrypto));
  const com = encodeCom({ ldsVersion: "0107", unicodeVersion: "040000", tagList: [0x61] });
  return createVirtualChip(
    {
      files: { COM: com, DG1: fromHex("610100"), DG15: encodeDg15({ publicKey }) },
      access: { bac: password },
      keys: { dg15: key },
      extendedAccess: [],
      ...change,
    },
    { random: countingRandom(7) },
  );
};

/** Reads, and lets a test answer in the clear in place of the chip while the signature is asked for. */
const read = (
  chip: { receive(command: Uint8Array): Uint8Array },
  instead: (number: number) => string | undefined = () => undefined,
) => {
  let asked: number | undefined;
  return drive(
    readDocument(password, {
      random: countingRandom(3),
      onProgress: ({ event }) => {
        if (event === "active-authentication") asked = 0;
        else if (event === "file") asked = undefined;
      },
    }),
    async (command) => {
      const answer = asked === undefined ? undefined : instead(++asked);
      return answer === undefined ? chip.receive(command) : fromHex(answer);
    },
  );
};

const proofOf = (reading: DocumentReading): ActiveAuthenticationEvidence => {
  const proof = reading.evidence.find(({ protocol }) => protocol === "active-authentication");
  if (proof?.protocol !== "active-authentication") expect.unreachable();
  return proof;
};

describe("active authentication in a reading", () => {
  test.each([
    ["RSA of 2,048 bits, with an extended answer", rsa],
    ["ECDSA, with a short one", ec],
  ])("%s: the answer is evidence that verifies", async (_, key) => {
    const reading = await read(chipOf(key));
    expect(reading.failure).toBeNull();
    expect(reading.evidence.map(({ protocol }) => protocol)).toEqual([
      "access-control",
      "active-authentication",
    ]);
    const judged = verifyActiveAuthentication(proofOf(reading), publicKeyOf(key, portableCrypto));
    expect(judged.status).toBe("passed");
  });

  test("a chip with another key than its DG15 says gives an answer that does not verify", async () => {
    const other = derivedEcKey("P-256", "another chip", portableCrypto);
    const reading = await read(chipOf(ec, { keys: { dg15: other } }));
    expect(
      verifyActiveAuthentication(proofOf(reading), publicKeyOf(ec, portableCrypto)).status,
    ).toBe("failed");
  });

  test("a chip that refuses leaves an empty signature and its status word", async () => {
    const reading = await read(chipOf(ec, { keys: {} }));
    expect(reading.failure).toBeNull();
    expect(proofOf(reading)).toMatchObject({ signature: new Uint8Array(0), statusWord: 0x6d00 });
  });

  test("a chip that does not take extended length and says so in the clear is opened again, and read on", async () => {
    const reading = await read(chipOf(rsa, { extendedLength: false }));
    expect(reading.failure).toBeNull();
    expect(reading.outcomes.DG1).toBe("read");
    // 256 bytes do not fit a short answer under secure messaging.
    expect(proofOf(reading)).toMatchObject({ signature: new Uint8Array(0), statusWord: 0x6700 });
  });

  test("a chip that ends the session twice over it is read on", async () => {
    // The fifth command after the first refusal is the second try: SELECT, GET CHALLENGE, EXTERNAL AUTHENTICATE between.
    const reading = await read(chipOf(rsa), (number) =>
      number === 1 || number === 5 ? "6700" : undefined,
    );
    expect(reading.failure).toBeNull();
    expect(proofOf(reading)).toMatchObject({ signature: new Uint8Array(0), statusWord: 0x6700 });
    expect(reading.outcomes.DG1).toBe("read");
  });

  test("an answer in the clear that says success ends the reading", async () => {
    const reading = await read(chipOf(ec), (number) =>
      number === 1 ? `${"00".repeat(64)}9000` : undefined,
    );
    expect(reading.failure).toMatchObject({ code: "SM_UNPROTECTED" });
    expect(reading.evidence.map(({ protocol }) => protocol)).toEqual(["access-control"]);
  });

  test("a DG15 whose key cannot be read is not asked to prove anything", async () => {
    const reading = await read(
      chipOf(ec, { files: { COM: fromHex("6000"), DG15: fromHex("6f023000") } }),
    );
    expect(reading.failure).toBeNull();
    expect(reading.evidence).toHaveLength(1);
  });

  test("each challenge is fresh", async () => {
    const challenges = await Promise.all(
      [1, 2].map(async (seed) => {
        const chip = chipOf(ec);
        const protocol = readDocument(password, { random: countingRandom(seed) });
        return toHex(
          proofOf(await drive(protocol, async (command) => chip.receive(command))).challenge,
        );
      }),
    );
    expect(new Set(challenges).size).toBe(2);
  });
});
