import { EmrtdError } from "../errors.js";

/** What a decoder says of bytes that are no certificate. */
export const invalidCvc = (expected: string, path: string, offset?: number): EmrtdError =>
  new EmrtdError("CVC_INVALID", `expected ${expected}, for ${path}`, {
    path,
    ...(offset === undefined ? {} : { offset }),
  });

/** What an encoder says of a value that no certificate can hold. */
export const unwritable = (expected: string, path: string): EmrtdError =>
  new EmrtdError("CVC_VALUE", `expected ${expected}, for ${path}`, { path });
