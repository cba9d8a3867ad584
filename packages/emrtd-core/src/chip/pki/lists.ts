import { type DefectList, encodeDefectList, ID_DEFECT_LIST } from "../../trust/defect-list.js";
import {
  type DeviationList,
  encodeDeviationList,
  ID_DEVIATION_LIST,
} from "../../trust/deviation-list.js";
import { encodeMasterList, ID_MASTER_LIST } from "../../trust/master-list.js";
import { type SecurityObjectSigner, signContent } from "./security-object.js";
import type { SigningTools } from "./sign.js";

/** Who signs a list, and certificates that the list carries beside the signer's: those of its issuer. */
export interface ListSigner extends SecurityObjectSigner {
  readonly issuers?: readonly Uint8Array[];
}

/** Makes a master list (Doc 9303-12, 9) of certificates of authorities. */
export const issueMasterList = (
  certificates: readonly Uint8Array[],
  signer: ListSigner,
  tools: SigningTools,
): Uint8Array<ArrayBuffer> =>
  signList(ID_MASTER_LIST, encodeMasterList({ version: 0, certificates }), signer, tools);

/** Makes a deviation list (Doc 9303-12, 10). */
export const issueDeviationList = (
  list: DeviationList,
  signer: ListSigner,
  tools: SigningTools,
): Uint8Array<ArrayBuffer> => signList(ID_DEVIATION_LIST, encodeDeviationList(list), signer, tools);

/** Makes a defect list (BSI TR-03129, A.1). */
export const issueDefectList = (
  list: DefectList,
  signer: ListSigner,
  tools: SigningTools,
): Uint8Array<ArrayBuffer> => signList(ID_DEFECT_LIST, encodeDefectList(list), signer, tools);

const signList = (
  contentType: string,
  content: Uint8Array,
  signer: ListSigner,
  tools: SigningTools,
): Uint8Array<ArrayBuffer> =>
  signContent(contentType, content, [signer], tools, [
    signer.certificate,
    ...(signer.issuers ?? []),
  ]);
