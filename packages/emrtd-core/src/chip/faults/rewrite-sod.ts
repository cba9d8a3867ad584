import { concatBytes } from "../../bytes.js";
import type { SignatureAlgorithm } from "../../cms/algorithm.js";
import type { CryptoProvider } from "../../crypto/provider.js";
import { TAG } from "../../der.js";
import { EmrtdError } from "../../errors.js";
import { decodeSod, encodeSod, type LdsSecurityObject } from "../../lds/sod.js";
import { decodeTlv, encodeTlv, type Tlv } from "../../tlv.js";
import { derivedRandom } from "../pki/keys.js";
import { issueSecurityObject } from "../pki/security-object.js";
import { type SimulatorSignerName, simulatorSigner } from "../pki/simulator.js";

/** EF.SOD with the same or another content, signed by the simulator. */
export const signSodAgain = (
  sod: Uint8Array,
  change: {
    readonly content?: Partial<LdsSecurityObject>;
    readonly signer?: SimulatorSignerName;
    readonly algorithm?: SignatureAlgorithm;
  },
  crypto: CryptoProvider,
): Uint8Array => {
  const { version, hashAlgorithm, dataGroupHashes, ldsVersionInfo } = decodeSod(sod);
  const content = {
    version,
    hashAlgorithm,
    dataGroupHashes,
    ...(ldsVersionInfo ? { ldsVersionInfo } : {}),
    ...change.content,
  };
  const signer = simulatorSigner(change.signer ?? "ecdsa", crypto);
  const { algorithm = signer.algorithm } = change;
  const random = derivedRandom("security object signed again", crypto);
  return issueSecurityObject(content, [{ ...signer, algorithm }], { crypto, random });
};

/** An element of indefinite length (X.690, 8.1.3.6). */
const indefinite = (tag: number, ...content: readonly Uint8Array[]): Uint8Array =>
  concatBytes(Uint8Array.of(tag, 0x80), ...content, Uint8Array.of(0, 0));

/** Bytes of a part of the content: an octet string may come in parts (X.690, 8.7.3). */
const PART = 100;

/**
 * EF.SOD in indefinite lengths down to the content, which comes in parts. What is signed, and the length of
 * the file itself, stay as they are.
 */
export const writeSodIndefinitely = (sod: Uint8Array): Uint8Array => {
  decodeSod(sod);
  const [contentInfo] = decodeTlv(sod).children();
  const [type, wrapper] = contentInfo!.children();
  const [version, digestAlgorithms, encapsulated, ...rest] = onlyChild(wrapper!).children();
  const [contentType, content] = encapsulated!.children();
  const octets = onlyChild(content!).value;
  const parts: Uint8Array[] = [];
  for (let at = 0; at < octets.length; at += PART) {
    parts.push(encodeTlv(TAG.octetString, octets.subarray(at, at + PART)));
  }
  const written = indefinite(
    TAG.sequence,
    version!.bytes,
    digestAlgorithms!.bytes,
    indefinite(
      TAG.sequence,
      contentType!.bytes,
      indefinite(0xa0, indefinite(CONSTRUCTED_OCTETS, ...parts)),
    ),
    ...rest.map(({ bytes }) => bytes),
  );
  return encodeSod(indefinite(TAG.sequence, type!.bytes, indefinite(0xa0, written)));
};

const CONSTRUCTED_OCTETS = 0x24;

/** EF.SOD whose signers name the issuer of their certificate in the reverse order. Nobody signed the name. */
export const reverseSignerNames = (sod: Uint8Array): Uint8Array => {
  const written = new Uint8Array(sod);
  for (const { sid } of decodeSod(written).signedData.signerInfos) {
    if (!("issuer" in sid)) {
      throw new EmrtdError("CHIP_PERSONALISATION", "expected a signer that is named by its issuer");
    }
    const { bytes } = sid.issuer;
    const [...rdns] = decodeTlv(bytes.slice()).children();
    const reversed = encodeTlv(TAG.sequence, ...rdns.reverse().map((rdn) => rdn.bytes));
    written.set(reversed, bytes.byteOffset - written.byteOffset);
  }
  return written;
};

const onlyChild = (element: Tlv): Tlv => element.children()[0]!;
