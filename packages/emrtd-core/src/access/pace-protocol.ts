import type { KeyAgreementParameters } from "../crypto/key-agreement.js";
import type { SecureMessagingCipher } from "../iso7816/sm-cipher.js";
import type { Oid } from "../oid.js";

/** How the nonce becomes a generator (Doc 9303-11, 4.4.3.3). */
export type PaceMapping = "GM" | "IM" | "CAM";

/** One of the protocols of Doc 9303-11, tables 2 and 3. */
export interface PaceProtocol {
  readonly oid: Oid;
  readonly agreement: "DH" | "ECDH";
  readonly mapping: PaceMapping;
  readonly cipher: SecureMessagingCipher;
}

/** id-PACE. */
const ID_PACE = "0.4.0.127.0.7.2.2.4";

const FAMILIES: readonly [arc: number, agreement: "DH" | "ECDH", mapping: PaceMapping][] = [
  [1, "DH", "GM"],
  [2, "ECDH", "GM"],
  [3, "DH", "IM"],
  [4, "ECDH", "IM"],
  [6, "ECDH", "CAM"],
];

const CIPHERS = ["3DES", "AES-128", "AES-192", "AES-256"] as const;

const listProtocols = (): readonly PaceProtocol[] =>
  FAMILIES.flatMap(
    ([arc, agreement, mapping]) =>
      CIPHERS.map((cipher, index): PaceProtocol => {
        const oid = `${ID_PACE}.${arc}.${index + 1}`;
        return { oid, agreement, mapping, cipher };
      }),
    // Chip authentication mapping is not defined with triple DES.
  ).filter(({ mapping, cipher }) => mapping !== "CAM" || cipher !== "3DES");

/** Every protocol that the standard defines. */
export const PACE_PROTOCOLS: readonly PaceProtocol[] = /* @__PURE__ */ listProtocols();

export const paceProtocol = (oid: Oid): PaceProtocol | undefined =>
  PACE_PROTOCOLS.find((protocol) => protocol.oid === oid);

/** As reports have it: `ecdh-gm`. */
export const paceVariant = ({ agreement, mapping }: PaceProtocol) =>
  `${agreement === "DH" ? "dh" : "ecdh"}-${mapping === "GM" ? "gm" : mapping === "IM" ? "im" : "cam"}` as
    | "dh-gm"
    | "dh-im"
    | "ecdh-gm"
    | "ecdh-im"
    | "ecdh-cam";

/** Whether the standard lets a protocol run on these parameters; if not, why. */
export const paceCombinationFault = (
  { agreement, mapping }: PaceProtocol,
  parameters: KeyAgreementParameters,
): string | undefined => {
  if ((agreement === "ECDH") !== (parameters.type === "EC")) {
    return `parameters for ${agreement}, found those of ${parameters.type}`;
  }
  // The point encoding needs a prime that is 3 modulo 4 (9.5.1, table 12, and appendix B).
  if (mapping === "IM" && parameters.type === "EC" && parameters.curve === "P-224") {
    return "a curve that integrated mapping can use, found P-224";
  }
  // The map g -> g^((p-1)/q) needs the order q (4.4.3.3.2).
  if (mapping === "IM" && parameters.type === "DH" && !parameters.group.subgroupOrder) {
    return "a group that states the order of its generator, for integrated mapping";
  }
  return undefined;
};
