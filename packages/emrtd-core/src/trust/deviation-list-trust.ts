import type { CryptoProvider } from "../crypto/provider.js";
import { type DeviationList, ID_DEVIATION_LIST_SIGNING_KEY } from "./deviation-list.js";
import type { IssuerLookup } from "./path.js";
import type { GivenDeviationList } from "./read-source.js";
import { type ListTrust, verifySignedList } from "./signed-list.js";

/** A deviation list, and whether it is signed under an anchor of the store. */
export interface DeviationListTrust {
  readonly list: DeviationList;
  readonly origin: string | undefined;
  readonly trust: ListTrust;
}

export const judgeDeviationList = (
  { list, signedData, origin }: GivenDeviationList,
  lookup: IssuerLookup,
  crypto: CryptoProvider,
): DeviationListTrust => ({
  list,
  origin,
  trust: verifySignedList(signedData, { usage: ID_DEVIATION_LIST_SIGNING_KEY, lookup, crypto }),
});
