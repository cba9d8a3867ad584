import { describe, expect, test } from "vitest";
import {
  CLOSE_REASONS,
  type CloseReason,
  closeReasonOf,
  closeWith,
  NORMAL_CLOSE,
} from "../src/index.js";

const CODES: Readonly<Record<number, readonly CloseReason[]>> = {
  1001: [
    "TIMEOUT_WHILE_WAITING_FOR_START_MESSAGE",
    "TIMEOUT_WHILE_WAITING_FOR_RESPONSE",
    "NFC_CHIP_COMMUNICATION_FAILED",
    "CANCELLED_BY_USER",
  ],
  1008: [
    "INVALID_START_MESSAGE",
    "UNEXPECTED_MESSAGE",
    "INVALID_ACCESS_KEY_VALUES",
    "PROTOCOL_ERROR",
    "MALFORMED_JSON",
  ],
  1011: [
    "EMRTD_PASSPORT_READER_ERROR",
    "FILE_READ_ERROR",
    "COMMUNICATION_FAILED",
    "POST_TO_RESULT_SERVER_FAILED",
    "SERVER_ERROR",
    "MAX_SESSION_TIME_EXCEEDED",
  ],
  4401: ["INVALID_CLIENT_ID"],
  4403: ["ACCESS_CONTROL_FAILED"],
};

describe("close reasons", () => {
  test.each(Object.entries(CODES))("code %s", (code, reasons) => {
    const found = Object.entries(CLOSE_REASONS).filter(([, entry]) => entry.code === Number(code));
    expect(found.map(([reason]) => reason)).toEqual(reasons);
    for (const reason of reasons) expect(closeWith(reason)).toEqual({ code: Number(code), reason });
  });

  test("the text decides, the code only where there is no text that is known", () => {
    expect(closeReasonOf({ code: 1000, reason: "INVALID_CLIENT_ID" })).toBe("INVALID_CLIENT_ID");
    expect(closeReasonOf({ code: 4403, reason: "" })).toBe("ACCESS_CONTROL_FAILED");
    expect(closeReasonOf({ code: 4401, reason: "something new" })).toBe("INVALID_CLIENT_ID");
    expect(closeReasonOf(NORMAL_CLOSE)).toBe("");
    expect(closeReasonOf({ code: 1000, reason: "something new" })).toBeUndefined();
    expect(closeReasonOf({ code: 1008, reason: "" })).toBeUndefined();
    expect(closeReasonOf({ code: 1006, reason: "" })).toBeUndefined();
    expect(closeReasonOf({ code: 1008, reason: "constructor" })).toBeUndefined();
  });

  test("every reason fits a close frame", () => {
    for (const reason of Object.keys(CLOSE_REASONS)) expect(reason.length).toBeLessThanOrEqual(123);
  });
});
