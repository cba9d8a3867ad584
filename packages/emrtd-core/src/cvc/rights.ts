import type { Oid } from "../oid.js";

/** For what a terminal is made (BSI TR-03110-3, C.4): inspection, authentication, signature. */
export type TerminalType = "IS" | "AT" | "ST";

type Bits = readonly (readonly [bit: number, name: string])[];

/** Bits 0 and 1 are those of Doc 9303-11, table K-1; bit 5 belongs to identity cards (TR-03110-4). */
const INSPECTION = [
  [0, "read-dg3"],
  [1, "read-dg4"],
  [5, "read-eid"],
] as const satisfies Bits;

const EID_GROUPS = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22,
] as const;
type EidGroup = (typeof EID_GROUPS)[number];
const WRITABLE_EID_GROUPS = [17, 18, 19, 20, 21, 22] as const;

/** BSI TR-03110-4, 2.2.3.2. */
const AUTHENTICATION = [
  [0, "age-verification"],
  [1, "municipality-id-verification"],
  [2, "restricted-identification"],
  [3, "privileged-terminal"],
  [4, "can-allowed"],
  [5, "pin-management"],
  [6, "install-certificate"],
  [7, "install-qualified-certificate"],
  [30, "pseudonymous-signature"],
] as const satisfies Bits;

const SIGNATURE = [
  [0, "generate-signature"],
  [1, "generate-qualified-signature"],
] as const satisfies Bits;

/** What a terminal may do on a chip. The data groups of `eid` are those of the identity application. */
export type AccessRight =
  | (typeof INSPECTION)[number][1]
  | (typeof AUTHENTICATION)[number][1]
  | `read-eid-dg${EidGroup}`
  | `write-eid-dg${(typeof WRITABLE_EID_GROUPS)[number]}`
  | (typeof SIGNATURE)[number][1];

interface TerminalTypeRow {
  readonly type: TerminalType;
  readonly oid: Oid;
  /** Bytes of the template. */
  readonly length: number;
  readonly rights: readonly (readonly [bit: number, right: AccessRight])[];
}

/** id-roles. */
const ID_ROLES = "0.4.0.127.0.7.3.1.2";

const listTypes = (): readonly TerminalTypeRow[] => [
  { type: "IS", oid: `${ID_ROLES}.1`, length: 1, rights: INSPECTION },
  {
    type: "AT",
    oid: `${ID_ROLES}.2`,
    length: 5,
    rights: [
      ...AUTHENTICATION,
      ...EID_GROUPS.map((group) => [7 + group, `read-eid-dg${group}`] as const),
      ...WRITABLE_EID_GROUPS.map((group) => [54 - group, `write-eid-dg${group}`] as const),
    ],
  },
  { type: "ST", oid: `${ID_ROLES}.3`, length: 1, rights: SIGNATURE },
];

export const TERMINAL_TYPES = /* @__PURE__ */ listTypes();
