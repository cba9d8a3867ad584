import { EmrtdError } from "../errors.js";
import { formatTag } from "../tlv.js";
import type { DataObject } from "./data-object.js";

/** @throws EmrtdError `LDS_INVALID` where no data object has the tag. */
export const required = (objects: readonly DataObject[], tag: number, path: string): DataObject => {
  const found = objects.find((object) => object.tag === tag);
  if (found !== undefined) return found;
  throw new EmrtdError("LDS_INVALID", `expected tag ${formatTag(tag)} in ${path}, found none`, {
    path,
  });
};
