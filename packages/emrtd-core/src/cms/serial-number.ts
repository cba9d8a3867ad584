import { toHex } from "../bytes.js";

/**
 * A serial number as text that is the same however it is written: some encoders lead it with more zeros
 * than DER wants. Certificates, signers and revocation lists are compared by it.
 */
export const serialNumberKey = (serialNumber: Uint8Array): string => {
  let start = 0;
  while (start < serialNumber.length - 1 && serialNumber[start] === 0) start++;
  return toHex(serialNumber.subarray(start));
};
