import { equalBytes } from "../bytes.js";
import { decodeAlgorithmIdentifier, EC_PUBLIC_KEY } from "../cms/algorithm.js";
import { curveByName } from "../crypto/curves.js";
import {
  DH_KEY_AGREEMENT,
  DH_PUBLIC_NUMBER,
  decodeDhGroup,
  rfc5114Group,
} from "../crypto/dh-groups.js";
import { decodeEcParameters } from "../crypto/ec-parameters.js";
import type { KeyAgreementParameters } from "../crypto/key-agreement.js";
import {
  STANDARDIZED_DOMAIN_PARAMETERS,
  standardizedDomainParameters,
} from "../crypto/standardized-domain-parameters.js";
import { readSmallInteger } from "../der.js";
import { EmrtdError } from "../errors.js";
import { SM_CIPHERS } from "../iso7816/sm-cipher.js";
import type { PaceDomainParameterInfo, PaceInfo, SecurityInfo } from "../lds/security-info.js";
import { decodeTlv } from "../tlv.js";
import { type PaceProtocol, paceCombinationFault, paceProtocol } from "./pace-protocol.js";

/** A way to run PACE that a chip offers and that can be taken. */
export interface PaceOffer {
  readonly protocol: PaceProtocol;
  readonly parameters: KeyAgreementParameters;
  /** Its identifier of the parameters, where it states one. */
  readonly parameterId?: number;
  /** To be sent with MSE:Set AT: parameters are ambiguous without it. */
  readonly ambiguous: boolean;
}

/**
 * What of a chip's SecurityInfos can be taken, the best first (Doc 9303-11, 9.2.1 and 9.2.2): chip
 * authentication mapping, then the stronger cipher, then the larger group.
 *
 * Nothing signs EF.CardAccess, so explicit parameters count only where they equal known ones: a group of
 * an attacker's making would tell him the password. Offers that the standard does not allow are left out.
 */
export const paceOffers = (infos: readonly SecurityInfo[]): PaceOffer[] => {
  const own = infos.filter((info): info is PaceInfo => info.type === "PACEInfo");
  const explicit = infos.filter(
    (info): info is PaceDomainParameterInfo => info.type === "PACEDomainParameterInfo",
  );
  const ambiguous = new Set(own.map(({ parameterId }) => parameterId)).size > 1;
  return own
    .flatMap(({ protocol: oid, version, parameterId }): PaceOffer[] => {
      const protocol = paceProtocol(oid);
      const parameters = parametersOf(oid, parameterId, explicit);
      if (version !== 2 || !protocol || !parameters) return [];
      if (paceCombinationFault(protocol, parameters) !== undefined) return [];
      const id = parameterId === undefined ? {} : { parameterId };
      return [{ protocol, parameters, ...id, ambiguous }];
    })
    .sort((a, b) => compareStrength(b, a));
};

/** Negative where the first is the weaker offer, zero where neither is. */
export const compareStrength = (
  a: Pick<PaceOffer, "protocol" | "parameters">,
  b: Pick<PaceOffer, "protocol" | "parameters">,
): number => {
  const [left, right] = [strength(a), strength(b)];
  const index = left.findIndex((value, i) => value !== right[i]);
  return index < 0 ? 0 : left[index]! - right[index]!;
};

const strength = ({
  protocol,
  parameters,
}: Pick<PaceOffer, "protocol" | "parameters">): readonly number[] => [
  protocol.mapping === "CAM" ? 1 : 0,
  protocol.cipher === "3DES" ? 0 : SM_CIPHERS[protocol.cipher].key,
  securityOf(parameters),
  protocol.mapping === "GM" ? 1 : 0,
];

/** Bits of security, as far as it takes to tell groups apart (NIST SP 800-57-1, table 2). */
const securityOf = (parameters: KeyAgreementParameters): number =>
  parameters.type === "EC"
    ? curveByName(parameters.curve).fieldLength * 4
    : parameters.group.prime.length >= 256
      ? 112
      : 80;

const parametersOf = (
  oid: string,
  parameterId: number | undefined,
  explicit: readonly PaceDomainParameterInfo[],
): KeyAgreementParameters | undefined => {
  const stated = explicit.find(
    (info) => oid.startsWith(`${info.protocol}.`) && info.parameterId === parameterId,
  );
  if (stated) return explicitParameters(stated.domainParameter);
  return parameterId === undefined ? undefined : standardizedDomainParameters(parameterId);
};

/** Parameters that are written out; undefined for any that is not known, or cannot be read. */
const explicitParameters = (bytes: Uint8Array): KeyAgreementParameters | undefined => {
  const path = "domainParameter";
  try {
    const { algorithm, parameters } = decodeAlgorithmIdentifier(decodeTlv(bytes), path);
    if (parameters === undefined) return undefined;
    switch (algorithm) {
      case STANDARDIZED_DOMAIN_PARAMETERS:
        return standardizedDomainParameters(readSmallInteger(parameters, path));
      case EC_PUBLIC_KEY:
        return { type: "EC", curve: decodeEcParameters(parameters, path).curve };
      case DH_KEY_AGREEMENT:
      case DH_PUBLIC_NUMBER: {
        const { prime, generator } = decodeDhGroup(algorithm, parameters, path);
        const known = [0, 1, 2]
          .map(rfc5114Group)
          .find(
            (group) =>
              group && equalBytes(group.prime, prime) && equalBytes(group.generator, generator),
          );
        return known && { type: "DH", group: known };
      }
      default:
        return undefined;
    }
  } catch (error) {
    if (error instanceof EmrtdError) return undefined;
    throw error;
  }
};
