import { chipAuthenticationIv } from "../access/pace-chip.js";
import {
  agreedSession,
  authenticationToken,
  ephemeralKeyObject,
  isToken,
} from "../access/pace-keys.js";
import { mapGenerically } from "../access/pace-mapping.js";
import { paceProtocol } from "../access/pace-protocol.js";
import { equalBytes, fromBigInt, toBigInt } from "../bytes.js";
import { type CurveName, curveByName, domainParameters } from "../crypto/curves.js";
import { keyAgreementGroup } from "../crypto/key-agreement.js";
import { invert } from "../crypto/portable/mod-pow.js";
import type { EcSecretKey } from "../crypto/private-key.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { decodeSubjectPublicKeyInfo, type EcKey } from "../crypto/public-key.js";
import { standardizedDomainParameters } from "../crypto/standardized-domain-parameters.js";
import { EmrtdError } from "../errors.js";
import { unpadBlocks } from "../iso7816/padding.js";
import type { SecurityInfo } from "../lds/security-info.js";
import type { ChipAuthenticationMappingEvidence } from "./evidence.js";

/**
 * CA_IC = SK_IC^-1 * SK_Map,IC modulo the order: what the chip sends to prove its static key (Doc
 * 9303-11, 4.4.3.5.1).
 */
export const chipAuthenticationData = (
  { curve, scalar }: EcSecretKey,
  mappingPrivateKey: Uint8Array,
): Uint8Array => {
  const { n } = domainParameters(curve);
  const data = (invert(toBigInt(scalar), n) * toBigInt(mappingPrivateKey)) % n;
  return fromBigInt(data, curveByName(curve).orderLength);
};

/**
 * The static key of the chip in EF.CardSecurity: the one whose identifier is that of the parameters
 * (TR-03110-3, A.1.1.2), or the only one where it has none.
 */
export const mappingKeyOf = (
  infos: readonly SecurityInfo[],
  parameterId: number,
): EcKey | undefined => {
  const keys = infos.flatMap((info) =>
    info.type === "ChipAuthenticationPublicKeyInfo" ? [info] : [],
  );
  const named = keys.find(({ keyId }) => keyId === parameterId);
  const chosen = named ?? (keys.length === 1 && keys[0]?.keyId === undefined ? keys[0] : undefined);
  const key = chosen && decodeSubjectPublicKeyInfo(chosen.publicKey);
  return key?.type === "EC" ? key : undefined;
};

/**
 * Judges chip authentication mapping from bytes (Doc 9303-11, 4.4.3.5.2): PACE is run again from what the
 * terminal drew and received, its token must be that of the chip, and PK_Map,IC must be CA_IC times the
 * static key.
 *
 * @param staticKey PK_IC of EF.CardSecurity. That it is a signed one is for the caller to see to.
 */
export const verifyChipAuthenticationMapping = (
  evidence: ChipAuthenticationMappingEvidence,
  staticKey: EcKey,
  crypto: CryptoProvider,
): boolean => {
  try {
    return recompute(evidence, staticKey, crypto);
  } catch (error) {
    // Altered evidence can hold points off the curve, integers out of range, lengths that are none.
    if (error instanceof EmrtdError) return false;
    throw error;
  }
};

const recompute = (
  { oid, parameterId, transcript }: ChipAuthenticationMappingEvidence,
  staticKey: EcKey,
  crypto: CryptoProvider,
): boolean => {
  const protocol = paceProtocol(oid);
  // An identifier of the chip's own stands for parameters that its key states as well (9.2.1, 9.2.2).
  const curve = curveOf(parameterId) ?? staticKey.curve;
  const { nonce, mapping, agreement, chipToken, encryptedChipAuthenticationData } = transcript;
  if (
    protocol?.mapping !== "CAM" ||
    curve !== staticKey.curve ||
    mapping.type !== "key-agreement" ||
    encryptedChipAuthenticationData === undefined
  ) {
    return false;
  }
  const group = keyAgreementGroup({ type: "EC", curve }, crypto);
  const shared = group.power(mapping.chipPublicKey, mapping.privateKey);
  const generator = mapGenerically(group, nonce, shared);
  const publicKey = group.power(generator, agreement.privateKey);
  const secret = group.secretOf(group.power(agreement.chipPublicKey, agreement.privateKey));
  const session = agreedSession(protocol.cipher, secret, crypto);
  const token = authenticationToken(session, ephemeralKeyObject(oid, "EC", publicKey), crypto);
  if (!isToken(token, chipToken)) return false;
  const data = unpadBlocks(
    crypto.aesCbcDecrypt(
      session.encryptionKey,
      chipAuthenticationIv(session, crypto),
      encryptedChipAuthenticationData,
    ),
    16,
  );
  if (data?.length !== curveByName(curve).orderLength) return false;
  return equalBytes(crypto.ecMultiply(curve, staticKey.point, data), mapping.chipPublicKey);
};

const curveOf = (parameterId: number): CurveName | undefined => {
  const parameters = standardizedDomainParameters(parameterId);
  return parameters?.type === "EC" ? parameters.curve : undefined;
};
