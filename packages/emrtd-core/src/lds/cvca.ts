import { decodeCvReference, encodeCvReference } from "../cvc/reference.js";
import { EmrtdError } from "../errors.js";
import { encodeTlv, readTlv } from "../tlv.js";
import type { Decoded } from "./data-object.js";

/**
 * EF.CVCA of European extended access control: names of the authorities whose terminals the chip knows, the
 * most recent first (Doc 9303-11, K.2). The chip rewrites it; nothing signs it.
 *
 * ```
 * 42 reference [42 reference] 00 … 00, 36 bytes in all
 * ```
 */
export interface Cvca {
  /** One or two references. */
  readonly references: readonly string[];
}

const REFERENCE_TAG = 0x42;
const SIZE = 36;
const MOST = 2;
const PATH = "EF.CVCA";

/** @throws EmrtdError `LDS_INVALID`, `CVC_INVALID` or `TLV_…` where the file is malformed. */
export const decodeCvca = (bytes: Uint8Array): Decoded<Cvca> => {
  const references: string[] = [];
  let offset = 0;
  while (bytes[offset] === REFERENCE_TAG) {
    const { value, end } = readTlv(bytes, offset);
    references.push(decodeCvReference(value, PATH));
    offset = end;
  }
  const padded = bytes.subarray(offset).every((byte) => byte === 0);
  if (references.length === 0 || references.length > MOST || !padded) {
    throw new EmrtdError("LDS_INVALID", `expected one or two references and zeros in ${PATH}`, {
      path: PATH,
      offset,
    });
  }
  return { references, bytes };
};

/** @throws EmrtdError `LDS_VALUE` for none or more than two, `CVC_VALUE` for a text that is no reference. */
export const encodeCvca = ({ references }: Cvca): Uint8Array<ArrayBuffer> => {
  if (references.length === 0 || references.length > MOST) {
    throw new EmrtdError("LDS_VALUE", `expected one or two references for ${PATH}`);
  }
  const file = new Uint8Array(SIZE);
  let offset = 0;
  for (const reference of references) {
    const element = encodeTlv(REFERENCE_TAG, encodeCvReference(reference, PATH));
    file.set(element, offset);
    offset += element.length;
  }
  return file;
};
