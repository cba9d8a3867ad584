/** The error object of every version, free of its spelling. */
export interface DeviceError {
  /** "0" is success. */
  readonly code: string;
  readonly info: string;
}

/** What 0.9.5 and later say beside a good answer. */
export const SUCCESS: DeviceError = { code: "0", info: "Success" };

export const isSuccess = (error: DeviceError | undefined): boolean =>
  error === undefined || Number(error.code) === 0;

interface ErrorCode {
  readonly info: string;
  /** First version that lists it. */
  readonly since: "0.9.2" | "0.9.5" | "2023-10";
}

/**
 * The standard's error codes. 0.8.4 lists none (its examples show 101); 202 stands only in the stream's
 * example; 110 to 112 were added in October 2023 to 0.9.5 and the draft. 5xx are the provider's own.
 */
export const ERROR_CODES = {
  "0": { info: "Success", since: "0.9.2" },
  "100": { info: "Device not registered", since: "0.9.2" },
  "101": { info: "Unable to detect a biometric object", since: "0.9.2" },
  "102": { info: "Technical error during extraction", since: "0.9.2" },
  "103": { info: "Device tamper detected", since: "0.9.2" },
  "104": { info: "Unable to connect to the management server", since: "0.9.2" },
  "105": { info: "Image orientation error", since: "0.9.2" },
  "106": { info: "Device not found", since: "0.9.2" },
  "107": { info: "Device public key expired", since: "0.9.2" },
  "108": { info: "Domain public key missing", since: "0.9.2" },
  "109": { info: "Requested number of biometric (Finger/IRIS) not supported", since: "0.9.2" },
  "110": { info: "Device not ready", since: "2023-10" },
  "111": { info: "Device busy", since: "2023-10" },
  "112": { info: "Invalid transaction id", since: "2023-10" },
  "202": { info: "No Device Connected.", since: "0.9.5" },
} as const satisfies Record<string, ErrorCode>;
export type StandardErrorCode = keyof typeof ERROR_CODES;

/** The provider's own codes of this service, in the 5xx range that the texts leave free. */
export const PROVIDER_CODES = {
  "500": "The request is not understood",
  "501": "The capture is for another purpose than the device",
  "502": "The capture needs a device of level L1",
  "503": "The capture timed out before any frame",
  "504": "The device id or sub id is not known",
} as const;
export type ProviderErrorCode = keyof typeof PROVIDER_CODES;

/** An error object with the standard's own words, or others. */
export const deviceError = (
  code: StandardErrorCode | ProviderErrorCode,
  info?: string,
): DeviceError => ({
  code,
  info:
    info ?? (code in ERROR_CODES ? ERROR_CODES[code as "0"].info : PROVIDER_CODES[code as "500"]),
});
