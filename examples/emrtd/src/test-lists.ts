import { nodeCrypto } from "@org/emrtd-core/node";
import {
  PROFILES,
  type ProfileName,
  simulatorCrl,
  simulatorDeviationList,
  simulatorMasterList,
} from "@org/emrtd-core/testing";
import { DEVIATION_TYPES } from "@org/emrtd-core/trust";

/** The document number of every profile. */
const DOCUMENT_NUMBER = "L898902C3";

/**
 * What states publish, as the simulator's would: a master list with its root, a revocation list that names
 * nobody and one that names the document's signer, and a deviation list that says of the document that the
 * hash of its DG12 is wrong, which it is where somebody alters DG12.
 */
export const testLists = (profile: ProfileName): Readonly<Record<string, Uint8Array>> => {
  const { signer } = PROFILES[profile];
  const { list, root } = simulatorMasterList(nodeCrypto);
  const { oid: type } = DEVIATION_TYPES.find(({ name }) => name === "LDS-DGHashWrong")!;
  const deviations = simulatorDeviationList(
    [
      {
        documents: { documentNumbers: new Set([DOCUMENT_NUMBER]) },
        descriptions: [{ type, parameter: { file: 12 } }],
      },
    ],
    nodeCrypto,
  );
  return {
    "master-list.ml": list,
    "master-list-root.cer": root,
    "nobody-revoked.crl": simulatorCrl(signer, {}, nodeCrypto),
    "signer-revoked.crl": simulatorCrl(signer, { revoked: [signer] }, nodeCrypto),
    "deviation-list.dl": deviations.list,
  };
};
