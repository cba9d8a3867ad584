import {
  MdsError,
  readIntent,
  readIntentResult,
  readUrlAnswer,
  readUrlCall,
  type UrlCall,
  writeIntent,
  writeIntentResult,
  writeUrlAnswer,
  writeUrlCall,
} from "@org/mosip-mds-types";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("Android", () => {
  test("intents of 0.8.4", () => {
    expect(writeIntent("discovery", "{}").action).toBe("io.mosip.device");
    expect(writeIntent("info", "", { appId: "com.vendor.mds" }).action).toBe("com.vendor.mds.Info");
    // Apps in the field say the name of an operation with their own.
    expect(writeIntent("info", "", { appId: "com.vendor.mds.info" }).action).toBe(
      "com.vendor.mds.Info",
    );
    expect(writeIntent("capture", "{}", { appId: "com.vendor.mds" }).action).toBe(
      "com.vendor.mds.Capture",
    );
    expect(() => writeIntent("registration-capture", "{}", { appId: "com.vendor.mds" })).toThrow(
      MdsError,
    );
  });

  test("intents of July 2022", () => {
    const form = "sbi-2022";
    expect(writeIntent("discovery", "{}", { form }).action).toBe("io.sbi.device");
    const capture = writeIntent("registration-capture", "{}", { form, appId: "com.vendor.mds" });
    expect(capture).toMatchObject({
      action: "com.vendor.mds.rCapture",
      type: "application/json",
      grantReadUri: true,
    });
  });

  test.each(["appid.capture", "com.vendor.mds.Capture", "com.vendor.mds.CAPTURE"])(
    "%s is a capture, in any case",
    (action) => {
      const read = () => readIntent({ action, extras: {} });
      if (action === "appid.capture") {
        expect(read).toThrow(MdsError);
      } else {
        expect(read()).toMatchObject({ operation: "capture", appId: "com.vendor.mds" });
      }
    },
  );

  test("what is written is read", () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        for (const form of ["mds", "sbi-2022"] as const) {
          for (const operation of ["discovery", "info", "capture"] as const) {
            const intent = writeIntent(operation, body, { form, appId: "com.vendor.mds" });
            expect(readIntent(intent)).toMatchObject({ operation, body });
          }
        }
        expect(readIntentResult(writeIntentResult({ body }))).toEqual({ body });
      }),
    );
    expect(
      readIntentResult(writeIntentResult({ contentUri: "content://vendor/capture/1" })),
    ).toEqual({ contentUri: "content://vendor/capture/1" });
    expect(() => readIntentResult({ extras: {} })).toThrow(MdsError);
    expect(() => readIntent({ action: "x", extras: { input: Uint8Array.of(0xff) } })).toThrow(
      MdsError,
    );
  });
});

describe("iOS", () => {
  test("the URLs of the document", () => {
    const call = { callback: "myapp", ext: "my app", type: "Biometric Device" };
    expect(writeUrlCall({ operation: "discovery", appName: undefined, ...call })).toBe(
      "MOSIPDISC://myapp?ext=my%20app&type=Biometric%20Device",
    );
    expect(writeUrlCall({ operation: "info", appName: "VENDOR", ...call })).toMatch(/^VENDORINFO:/);
    expect(writeUrlCall({ operation: "capture", appName: "VENDOR", ...call })).toMatch(
      /^VENDORCAPTURE:/,
    );
  });

  test("what is written is read", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("discovery", "info", "capture" as const),
        fc.constantFrom("myapp", "myapp://back", "https://app.example/done?x=1&y"),
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("Iris", "Biometric Device"),
        (operation, callback, ext, type) => {
          const appName = operation === "discovery" ? undefined : "vendorapp";
          const call: UrlCall = { operation, appName, callback, ext, type };
          expect(readUrlCall(writeUrlCall(call))).toEqual(call);
        },
      ),
    );
  });

  test("answers are base64 of JSON in the parameter data", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom("myapp", "myapp://back?state=1"), (json, callback) => {
        expect(readUrlAnswer(writeUrlAnswer(callback, json))).toBe(json);
      }),
    );
    expect(readUrlAnswer("myapp://?data=e30")).toBe("{}");
  });

  test.each(["", "myapp", "http://x", "VENDOR://x", "INFO://x", "MOSIPDISC://%E0%A4%A"])(
    "%s is no call",
    (url) => {
      expect(() => readUrlCall(url)).toThrow(MdsError);
    },
  );

  test("any text is a call or our error", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const read of [readUrlCall, readUrlAnswer]) {
          for (const url of [text, `MOSIPDISC://${text}`, `a://?data=${text}`]) {
            try {
              read(url);
            } catch (error) {
              expect(error).toBeInstanceOf(MdsError);
            }
          }
        }
      }),
    );
  });
});
