import fc from "fast-check";
import { anyElements, anyForeignObjects, anyUnknownObjects } from "./arbitraries.js";
import type { AtrInfo } from "./atr-info.js";
import { encodeDataObjects } from "./data-object.js";
import { DG16_ELEMENTS } from "./dg16.js";
import type { Dir } from "./dir.js";
import type { DisplayedImages } from "./displayed-images.js";
import type { AdditionalBiometrics } from "./lds2/additional-biometrics.js";
import type { CertificateRecord } from "./lds2/certificate-record.js";
import { TRAVEL_RECORD_ELEMENTS } from "./lds2/travel-record.js";
import { VISA_RECORD_ELEMENTS } from "./lds2/visa-record.js";

const bytes = (maxLength: number, minLength = 0) => fc.uint8Array({ minLength, maxLength });

export const anyDisplayedImages = (): fc.Arbitrary<Pick<DisplayedImages, "images" | "unknown">> =>
  fc.record({ images: fc.array(bytes(60), { maxLength: 3 }), unknown: anyUnknownObjects() });

/** Content that is made of data objects, as issuers put it into DG13 and its like. */
export const anyProprietaryContent = (): fc.Arbitrary<{ readonly content: Uint8Array }> =>
  anyUnknownObjects().map((objects) => ({ content: encodeDataObjects(objects) }));

export const anyDg16 = () =>
  fc.record({
    persons: fc.array(anyElements(DG16_ELEMENTS), { maxLength: 3 }),
    unknown: anyUnknownObjects(),
  });

export const anyAtrInfo = (): fc.Arbitrary<Pick<AtrInfo, "dataObjects">> =>
  fc.record({ dataObjects: anyForeignObjects() });

export const anyDir = (): fc.Arbitrary<Dir> =>
  fc.record({
    applications: fc.array(
      fc.record({ applicationId: bytes(16, 5), unknown: anyUnknownObjects() }),
      { minLength: 1, maxLength: 4 },
    ),
  });

export const anyTravelRecordInfo = () => anyElements(TRAVEL_RECORD_ELEMENTS, "state");
export const anyVisaRecordInfo = () => anyElements(VISA_RECORD_ELEMENTS, "issuer");

/** What stands beside the signed data of a record. */
export const anySignature = () =>
  fc.record({ signature: bytes(140), certificateReference: fc.integer({ min: 1, max: 254 }) });

export const anyAdditionalBiometrics = (): fc.Arbitrary<
  Pick<AdditionalBiometrics, "data" | "signature" | "certificateReference" | "unknown">
> =>
  fc
    .tuple(bytes(60), anySignature(), anyForeignObjects())
    .map(([data, signed, unknown]) => ({ data, ...signed, unknown }));

export const anyCertificateRecord = (): fc.Arbitrary<CertificateRecord> =>
  fc.record({
    country: fc.constantFrom("UT", "DE", "nl"),
    serialNumber: bytes(20, 1),
    certificate: bytes(60),
    unknown: anyUnknownObjects(),
  });
