import { derOid, readOid } from "../der.js";
import { type DataObject, encodeDataObjects } from "../lds/data-object.js";
import type { Oid } from "../oid.js";
import { encodeTlv, type Tlv } from "../tlv.js";
import { CVC_LIMITS } from "./limits.js";
import { invalidCvc } from "./refuse.js";

/**
 * An extension of a card verifiable certificate (Doc 9303-12, 7.2.2.6): rights in other applications, the
 * hash of a description. None is critical.
 *
 * ```
 * 65 { 73 { 06 identifier, data objects }, … }
 * ```
 */
export interface CvExtension {
  readonly oid: Oid;
  readonly objects: readonly DataObject[];
}

export const EXTENSIONS_TAG = 0x65;
const TEMPLATE_TAG = 0x73;

/** @throws EmrtdError `CVC_INVALID`, or `TLV_…` and `OID_INVALID` for what cannot be read. */
export const decodeCvExtensions = (element: Tlv, path: string): CvExtension[] => {
  const templates = element.expect(EXTENSIONS_TAG, path).children();
  checkCount(templates.length, path);
  return templates.map((template) => {
    const [identifier, ...objects] = template.expect(TEMPLATE_TAG, path).children();
    if (identifier === undefined) throw invalidCvc("an identifier", path, template.start);
    checkCount(objects.length, path);
    return {
      oid: readOid(identifier, path),
      objects: objects.map(({ tag, value }) => ({ tag, value })),
    };
  });
};

export const encodeCvExtensions = (extensions: readonly CvExtension[]): Uint8Array<ArrayBuffer> =>
  encodeTlv(
    EXTENSIONS_TAG,
    ...extensions.map(({ oid, objects }) =>
      encodeTlv(TEMPLATE_TAG, derOid(oid), encodeDataObjects(objects)),
    ),
  );

/** Rights in applications beside the eMRTD's, by the identifier of the extension (Doc 9303-10, 5.4.2). */
export type ApplicationRights = ReadonlyMap<Oid, Uint8Array>;

const RIGHTS_TAG = 0x53;

/** Extensions that hold bits of rights; of two with one identifier the first counts. */
export const applicationRightsOf = (extensions: readonly CvExtension[]): ApplicationRights => {
  const rights = new Map<Oid, Uint8Array>();
  for (const { oid, objects } of extensions) {
    const bits = objects.find(({ tag }) => tag === RIGHTS_TAG)?.value;
    if (bits !== undefined && !rights.has(oid)) rights.set(oid, bits);
  }
  return rights;
};

/** The bits that holder and authority both have. */
export const limitApplicationRights = (
  holder: ApplicationRights,
  authority: ApplicationRights,
): ApplicationRights =>
  new Map(
    [...holder].flatMap(([oid, bits]) => {
      const most = authority.get(oid);
      return most?.length === bits.length
        ? [[oid, bits.map((byte, i) => byte & most[i]!)] as const]
        : [];
    }),
  );

const checkCount = (count: number, path: string): void => {
  if (count > CVC_LIMITS.extensions) {
    throw invalidCvc(`at most ${CVC_LIMITS.extensions} elements, found ${count}`, path);
  }
};
