import { derOid, readOid } from "../der.js";
import type { Oid } from "../oid.js";
import { encodeTlv, type Tlv } from "../tlv.js";
import { CVC_LIMITS } from "./limits.js";
import { invalidCvc, unwritable } from "./refuse.js";
import { type AccessRight, TERMINAL_TYPES, type TerminalType } from "./rights.js";

/** Who holds a certificate: the two highest bits of the template. */
export type HolderRole = "CVCA" | "DV-domestic" | "DV-foreign" | "terminal";

/**
 * Certificate holder authorization template: the role of the holder and what he may have done, relative to
 * whoever issued the certificate (Doc 9303-12, 7.2.2.4; Doc 9303-10, 5.4.1).
 *
 * ```
 * 7F4C { 06 terminal type, 53 role (2 bits) and access rights }
 * ```
 */
export interface HolderAuthorization {
  /** Object identifier of the terminal type and of the format of the template. */
  readonly oid: Oid;
  readonly terminalType: TerminalType | "unknown";
  readonly role: HolderRole;
  /** Those that have a name, in the order of their bits. */
  readonly rights: readonly AccessRight[];
  /** As it stands; bits without a name count for nothing, and are kept. */
  readonly template: Uint8Array;
}

export const AUTHORIZATION_TAG = 0x7f4c;
const TEMPLATE_TAG = 0x53;

const ROLES: readonly HolderRole[] = ["terminal", "DV-foreign", "DV-domestic", "CVCA"];

/** The authorization that an identifier and a template are. */
const interpret = (oid: Oid, template: Uint8Array): HolderAuthorization => {
  const row = TERMINAL_TYPES.find((known) => known.oid === oid);
  const isSet = (bit: number) => ((template.at(-1 - (bit >> 3))! >> (bit & 7)) & 1) === 1;
  const rights = [...(row?.rights ?? [])]
    .sort(([a], [b]) => a - b)
    .filter(([bit]) => isSet(bit))
    .map(([, right]) => right);
  return {
    oid,
    terminalType: row?.type ?? "unknown",
    role: ROLES[template[0]! >> 6]!,
    rights,
    template,
  };
};

/** @throws EmrtdError `CVC_INVALID`, or `TLV_…` and `OID_INVALID` for what cannot be read. */
export const decodeHolderAuthorization = (element: Tlv, path: string): HolderAuthorization => {
  const [first, second, ...more] = element.expect(AUTHORIZATION_TAG, path).children();
  if (first === undefined || second === undefined || more.length > 0) {
    throw invalidCvc("a terminal type and a template", path, element.start);
  }
  const oid = readOid(first, path);
  const template = second.expect(TEMPLATE_TAG, path).value;
  const length = TERMINAL_TYPES.find((known) => known.oid === oid)?.length;
  if (
    template.length === 0 ||
    template.length > CVC_LIMITS.template ||
    (length !== undefined && template.length !== length)
  ) {
    throw invalidCvc(`a template of ${length ?? `1 to ${CVC_LIMITS.template}`} bytes`, path);
  }
  return interpret(oid, template);
};

/** Writes identifier and template; what else the value says follows from them. */
export const encodeHolderAuthorization = ({
  oid,
  template,
}: Pick<HolderAuthorization, "oid" | "template">): Uint8Array<ArrayBuffer> =>
  encodeTlv(AUTHORIZATION_TAG, derOid(oid), encodeTlv(TEMPLATE_TAG, template));

/** @throws EmrtdError `CVC_VALUE` for a right that terminals of the type do not have. */
export const holderAuthorization = (
  type: TerminalType,
  role: HolderRole,
  rights: readonly AccessRight[] = [],
): HolderAuthorization => {
  const row = TERMINAL_TYPES.find((known) => known.type === type)!;
  const template = new Uint8Array(row.length);
  template[0] = ROLES.indexOf(role) << 6;
  for (const right of rights) {
    const bit = row.rights.find(([, known]) => known === right)?.[0];
    if (bit === undefined) throw unwritable(`a right of the type ${type}`, "authorization");
    template[row.length - 1 - (bit >> 3)]! |= 1 << (bit & 7);
  }
  return interpret(row.oid, template);
};

/**
 * What a holder may do after all who stand above him had their say: the bits that both have (Doc 9303-11,
 * 7.1.4.3.6). The role is the holder's own. Undefined for two terminal types, whose bits do not compare.
 */
export const limitAuthorization = (
  holder: HolderAuthorization,
  issuer: HolderAuthorization,
): HolderAuthorization | undefined => {
  if (holder.oid !== issuer.oid || holder.template.length !== issuer.template.length) {
    return undefined;
  }
  const template = holder.template.map((byte, i) => byte & issuer.template[i]!);
  template[0] = (template[0]! & 0x3f) | (holder.template[0]! & 0xc0);
  return interpret(holder.oid, template);
};
