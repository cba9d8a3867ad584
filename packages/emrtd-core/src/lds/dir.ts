import { concatBytes, equalBytes, fromHex } from "../bytes.js";
import { decodeTlvs, encodeTlv } from "../tlv.js";
import {
  type DataObject,
  type Decoded,
  encodeDataObjects,
  readDataObjects,
} from "./data-object.js";
import { required } from "./required.js";

/** Application identifiers of the LDS (Doc 9303-10, 3.11.2, table 31). */
export const APPLICATION_IDS = {
  eMRTD: "a0000002471001",
  travelRecords: "a0000002472001",
  visaRecords: "a0000002472002",
  additionalBiometrics: "a0000002472003",
} as const;

export type LdsApplication = keyof typeof APPLICATION_IDS;

/** An application that the chip says it has. */
export interface ApplicationTemplate {
  readonly applicationId: Uint8Array;
  /** Besides the identifier: a label, a path, ... */
  readonly unknown: readonly DataObject[];
}

/** EF.DIR, the applications of the chip. Signed only as its copy in EF.CardSecurity. */
export interface Dir {
  readonly applications: readonly ApplicationTemplate[];
}

const TEMPLATE = 0x61;
const APPLICATION_ID = 0x4f;

/** @throws EmrtdError `TLV_…` or `LDS_INVALID` where the file is malformed. */
export const decodeDir = (bytes: Uint8Array): Decoded<Dir> => ({
  applications: decodeTlvs(bytes).map((element, index) => {
    const objects = readDataObjects(element.expect(TEMPLATE, `EF.DIR[${index}]`).value);
    const applicationId = required(objects, APPLICATION_ID, `EF.DIR[${index}]`);
    return {
      applicationId: applicationId.value,
      unknown: objects.filter((object) => object !== applicationId),
    };
  }),
  bytes,
});

export const encodeDir = ({ applications }: Dir): Uint8Array<ArrayBuffer> =>
  concatBytes(
    ...applications.map(({ applicationId, unknown }) =>
      encodeTlv(TEMPLATE, encodeTlv(APPLICATION_ID, applicationId), encodeDataObjects(unknown)),
    ),
  );

/** Which application of the LDS an identifier names; undefined for any other. */
export const ldsApplication = (applicationId: Uint8Array): LdsApplication | undefined =>
  (Object.keys(APPLICATION_IDS) as LdsApplication[]).find((name) =>
    equalBytes(fromHex(APPLICATION_IDS[name]), applicationId),
  );
