import type { SignatureAlgorithm } from "../cms/algorithm.js";
import type { HashName } from "../crypto/provider.js";
import type { Oid } from "../oid.js";

/**
 * One of the protocols of terminal authentication: what a key of a card verifiable certificate is for, and
 * how it signs (Doc 9303-11, tables 7 and 8; BSI TR-03110-3, A.6.3.2 for those that it still knows).
 */
export interface TerminalAuthenticationProtocol {
  readonly oid: Oid;
  /** The standard's name. */
  readonly name: string;
  readonly algorithm: SignatureAlgorithm;
}

/** id-TA. */
const ID_TA = "0.4.0.127.0.7.2.2.2";

const HASH_LENGTHS: { readonly [hash in HashName]: number } = {
  "SHA-1": 20,
  "SHA-224": 28,
  "SHA-256": 32,
  "SHA-384": 48,
  "SHA-512": 64,
};

type Row = readonly [arcs: string, scheme: SignatureAlgorithm["scheme"], hash: HashName];

const ROWS: readonly Row[] = [
  ["1.1", "RSASSA-PKCS1-v1_5", "SHA-1"],
  ["1.2", "RSASSA-PKCS1-v1_5", "SHA-256"],
  ["1.3", "RSASSA-PSS", "SHA-1"],
  ["1.4", "RSASSA-PSS", "SHA-256"],
  ["1.5", "RSASSA-PKCS1-v1_5", "SHA-512"],
  ["1.6", "RSASSA-PSS", "SHA-512"],
  ["2.1", "ECDSA", "SHA-1"],
  ["2.2", "ECDSA", "SHA-224"],
  ["2.3", "ECDSA", "SHA-256"],
  ["2.4", "ECDSA", "SHA-384"],
  ["2.5", "ECDSA", "SHA-512"],
];

const NAMES: { readonly [scheme in SignatureAlgorithm["scheme"]]: string } = {
  "RSASSA-PKCS1-v1_5": "id-TA-RSA-v1-5",
  "RSASSA-PSS": "id-TA-RSA-PSS",
  ECDSA: "id-TA-ECDSA",
};

/** PSS with the parameters of Doc 9303-11, 7.1.4.1.1: one hash, and a salt as long as it. */
const algorithmOf = (scheme: Row[1], hash: HashName): SignatureAlgorithm =>
  scheme === "RSASSA-PSS"
    ? { scheme, hash, mgfHash: hash, saltLength: HASH_LENGTHS[hash], trailerField: 1 }
    : { scheme, hash };

export const TERMINAL_AUTHENTICATION_PROTOCOLS: readonly TerminalAuthenticationProtocol[] =
  /* @__PURE__ */ ROWS.map(([arcs, scheme, hash]) => ({
    oid: `${ID_TA}.${arcs}`,
    name: `${NAMES[scheme]}-${hash}`,
    algorithm: algorithmOf(scheme, hash),
  }));

export const terminalAuthenticationProtocol = (
  oid: Oid,
): TerminalAuthenticationProtocol | undefined =>
  TERMINAL_AUTHENTICATION_PROTOCOLS.find((protocol) => protocol.oid === oid);
