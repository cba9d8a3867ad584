import { concatBytes } from "../../bytes.js";
import { EmrtdError } from "../../errors.js";
import {
  type DataObject,
  type Decoded,
  encodeDataObjects,
  readDataObjects,
} from "../data-object.js";
import { required } from "../required.js";

/** A record of EF.Certificates in an LDS2 application (Doc 9303-10, 5.1.2, table 83). */
export interface CertificateRecord {
  /** Two-letter code of the signer's issuer. */
  readonly country: string;
  readonly serialNumber: Uint8Array;
  /** X.509, DER. */
  readonly certificate: Uint8Array;
  readonly unknown: readonly DataObject[];
}

const SERIAL_NUMBER = 0x5f3a;
const CERTIFICATE = 0x72;

/** @throws EmrtdError `TLV_…` or `LDS_INVALID` where the record is malformed. */
export const decodeCertificateRecord = (bytes: Uint8Array): Decoded<CertificateRecord> => {
  const objects = readDataObjects(bytes);
  const serial = required(objects, SERIAL_NUMBER, "certificate record");
  const certificate = required(objects, CERTIFICATE, "certificate record");
  const country = String.fromCharCode(...serial.value.subarray(0, 2));
  if (!/^[A-Za-z]{2}$/.test(country)) {
    throw new EmrtdError(
      "LDS_INVALID",
      "expected a country of two letters in a certificate record",
    );
  }
  return {
    country,
    serialNumber: serial.value.subarray(2),
    certificate: certificate.value,
    unknown: objects.filter((object) => object !== serial && object !== certificate),
    bytes,
  };
};

export const encodeCertificateRecord = ({
  country,
  serialNumber,
  certificate,
  unknown = [],
}: Omit<CertificateRecord, "unknown"> & Partial<CertificateRecord>): Uint8Array<ArrayBuffer> => {
  if (!/^[A-Za-z]{2}$/.test(country)) {
    throw new EmrtdError("LDS_VALUE", "expected a country of two letters");
  }
  return encodeDataObjects([
    { tag: SERIAL_NUMBER, value: concatBytes(new TextEncoder().encode(country), serialNumber) },
    { tag: CERTIFICATE, value: certificate },
    ...unknown,
  ]);
};

/** The record that a travel record, visa or biometric file refers to; undefined where there is none. */
export const signerOf = <Record>(
  { certificateReference }: { readonly certificateReference: number },
  certificates: readonly Record[],
): Record | undefined => certificates[certificateReference - 1];
