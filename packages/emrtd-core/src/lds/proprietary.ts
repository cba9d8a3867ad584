import { EmrtdError } from "../errors.js";
import { decodeTlv, encodeTlv } from "../tlv.js";
import { type DataObject, type Decoded, readDataObjects } from "./data-object.js";

/**
 * A data group whose content the standard leaves to the issuer: DG6, DG8, DG9, DG10 and DG13
 * (Doc 9303-10, 4.7.6, 4.7.8 to 4.7.10, 4.7.13).
 */
export interface ProprietaryGroup {
  readonly content: Uint8Array;
  /** The content as data objects, where it is made of them. */
  readonly dataObjects?: readonly DataObject[];
}

const TAGS = { DG6: 0x66, DG8: 0x68, DG9: 0x69, DG10: 0x6a, DG13: 0x6d } as const;

export type ProprietaryGroupName = keyof typeof TAGS;

/** @throws EmrtdError `TLV_…` where the file is not the one element that it should be. */
export const decodeProprietaryGroup = (
  name: ProprietaryGroupName,
  bytes: Uint8Array,
): Decoded<ProprietaryGroup> => {
  const content = decodeTlv(bytes).expect(TAGS[name], name).value;
  try {
    return { content, dataObjects: readDataObjects(content), bytes };
  } catch (error) {
    if (error instanceof EmrtdError) return { content, bytes };
    throw error;
  }
};

export const encodeProprietaryGroup = (
  name: ProprietaryGroupName,
  { content }: Pick<ProprietaryGroup, "content">,
): Uint8Array<ArrayBuffer> => encodeTlv(TAGS[name], content);
