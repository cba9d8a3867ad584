import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  chipAuthenticationData,
  verifyChipAuthenticationMapping,
} from "../src/authentication/chip-authentication-mapping.js";
import type { ChipAuthenticationMappingEvidence } from "../src/authentication/evidence.js";
import { type EcKey, fromHex, portableCrypto, toHex } from "../src/index.js";

const { appendixI1: vector } = JSON.parse(
  readFileSync(new URL("vectors/icao-9303-11-pace.json", import.meta.url), "utf8"),
);

/** Doc 9303-11, appendix I.1, as a terminal would keep it. */
const evidence: ChipAuthenticationMappingEvidence = {
  protocol: "chip-authentication-mapping",
  oid: "0.4.0.127.0.7.2.2.4.6.2",
  parameterId: 13,
  transcript: {
    nonce: fromHex(vector.nonce),
    mapping: {
      type: "key-agreement",
      privateKey: fromHex(vector.map.ifdPrivate),
      chipPublicKey: fromHex(vector.map.icPublic),
    },
    agreement: {
      privateKey: fromHex(vector.keyAgreement.ifdPrivate),
      chipPublicKey: fromHex(vector.keyAgreement.icPublic),
    },
    chipToken: fromHex(vector.tIc),
    encryptedChipAuthenticationData: fromHex(vector.cam.encryptedChipAuthData),
  },
};
const staticKey: EcKey = {
  type: "EC",
  curve: "brainpoolP256r1",
  point: fromHex(vector.cam.caPublicKey),
  explicitParameters: false,
};

test("the run of appendix I.1 proves the static key of the chip", () => {
  expect(verifyChipAuthenticationMapping(evidence, staticKey, portableCrypto)).toBe(true);
});

test("parameters under an identifier of the chip's own are those of the static key", () => {
  const own = { ...evidence, parameterId: 40 };
  expect(verifyChipAuthenticationMapping(own, staticKey, portableCrypto)).toBe(true);
  const elsewhere = { ...staticKey, curve: "P-256" } as const;
  expect(verifyChipAuthenticationMapping(own, elsewhere, portableCrypto)).toBe(false);
});

test("each altered field of the evidence proves nothing", () => {
  const flipped = (bytes: Uint8Array) =>
    bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte));
  const { transcript } = evidence;
  const { mapping, agreement } = transcript;
  if (mapping.type !== "key-agreement") throw new Error("expected a key agreement");
  const altered: ChipAuthenticationMappingEvidence[] = [
    { ...evidence, oid: "0.4.0.127.0.7.2.2.4.6.3" },
    { ...evidence, parameterId: 12 },
    ...[
      { nonce: flipped(transcript.nonce) },
      { mapping: { ...mapping, privateKey: flipped(mapping.privateKey) } },
      { mapping: { ...mapping, chipPublicKey: flipped(mapping.chipPublicKey) } },
      { agreement: { ...agreement, privateKey: flipped(agreement.privateKey) } },
      { agreement: { ...agreement, chipPublicKey: flipped(agreement.chipPublicKey) } },
      { chipToken: flipped(transcript.chipToken) },
      {
        encryptedChipAuthenticationData: flipped(transcript.encryptedChipAuthenticationData!),
      },
    ].map((change) => ({ ...evidence, transcript: { ...transcript, ...change } })),
  ];
  for (const one of altered) {
    expect(verifyChipAuthenticationMapping(one, staticKey, portableCrypto)).toBe(false);
  }
  const otherKey = { ...staticKey, point: fromHex(vector.map.icPublic) };
  expect(verifyChipAuthenticationMapping(evidence, otherKey, portableCrypto)).toBe(false);
});

test("a chip with the static key makes data that prove it", () => {
  const scalar = fromHex("11".repeat(32));
  const mappingKey = fromHex(vector.map.icPrivate);
  const key = { type: "EC", curve: "brainpoolP256r1", scalar, explicitParameters: false } as const;
  const data = chipAuthenticationData(key, mappingKey);
  const point = portableCrypto.ecPublicKey("brainpoolP256r1", scalar);
  expect(toHex(portableCrypto.ecMultiply("brainpoolP256r1", point, data))).toBe(
    vector.map.icPublic,
  );
});
