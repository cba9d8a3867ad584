import { fromUtf8, utf8 } from "../bytes.js";
import { MdsError } from "../errors.js";

/** Operations that have an intent. Stream and registration capture have none up to 0.9.5. */
export type IntentOperation = "discovery" | "info" | "capture" | "registration-capture";

/** Which generation of intents: the actions of 0.8.4 to SBI 1.0, or the Android section of July 2022. */
export type IntentForm = "mds" | "sbi-2022";

/** What an app sends, or gets back: a plain object, to be handed to the platform's Intent. */
export interface IntentData {
  readonly action: string;
  readonly type?: string;
  readonly extras: Readonly<Record<string, Uint8Array | string>>;
  /** FLAG_GRANT_READ_URI_PERMISSION, for answers that come as a content URI. */
  readonly grantReadUri?: boolean;
}

/** Every device listens to this one. MDS 0.8.4, 5(i); SBI, "Android SBI Specification". */
export const DISCOVERY_ACTIONS: Readonly<Record<IntentForm, string>> = {
  mds: "io.mosip.device",
  "sbi-2022": "io.sbi.device",
};

const SUFFIXES: Readonly<Record<IntentForm, Partial<Record<IntentOperation, string>>>> = {
  mds: { info: ".Info", capture: ".Capture" },
  "sbi-2022": { info: ".Info", capture: ".Capture", "registration-capture": ".rCapture" },
};

/** Name of the extra with the request, and of that with the answer. */
const REQUEST_EXTRA = "input";
const ANSWER_EXTRA = "response";

/** Some device apps say the name of an operation with their own, as in `org.example.reader.Info`. */
const OPERATION_OF_APP = /\.(info|r?capture)$/i;

const APP_ID = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+$/;

/**
 * The intent of an operation.
 *
 * 0.8.4 names the actions and not the extras; those are as the section of 2022 has them: the JSON as bytes
 * in "input". 0.8.4 writes `appid.capture` in one place and `appId.Capture` in another: the latter is sent.
 *
 * @param appId the callbackId of discovery; not needed for discovery itself.
 * @throws MdsError `INTENT_INVALID`, `OPERATION_UNSUPPORTED`.
 */
export const writeIntent = (
  operation: IntentOperation,
  body: string,
  options: { readonly form?: IntentForm; readonly appId?: string } = {},
): IntentData => {
  const { form = "mds" } = options;
  const appId = options.appId?.replace(OPERATION_OF_APP, "");
  const extras = { [REQUEST_EXTRA]: utf8(body) };
  if (operation === "discovery") {
    return { action: DISCOVERY_ACTIONS[form], type: "application/json", extras };
  }
  const suffix = SUFFIXES[form][operation];
  if (suffix === undefined) {
    throw new MdsError("OPERATION_UNSUPPORTED", `no intent of this form is for ${operation}`);
  }
  if (appId === undefined || !APP_ID.test(appId)) {
    throw new MdsError("INTENT_INVALID", "expected the app id that discovery gave as callbackId");
  }
  const byUri = form === "sbi-2022" && operation !== "info";
  return {
    action: `${appId}${suffix}`,
    type: "application/json",
    extras,
    ...(byUri ? { grantReadUri: true } : {}),
  };
};

/** What a device app finds in an intent. */
export interface IntentRequest {
  readonly operation: IntentOperation;
  readonly form: IntentForm | undefined;
  readonly appId: string | undefined;
  readonly body: string;
}

/** Reads an intent; actions are compared without regard to case. @throws MdsError `INTENT_INVALID`. */
export const readIntent = ({ action, extras }: IntentData): IntentRequest => {
  const input = extras[REQUEST_EXTRA];
  const body = input === undefined ? "" : asText(input);
  for (const form of ["mds", "sbi-2022"] as const) {
    if (action.toLowerCase() === DISCOVERY_ACTIONS[form]) {
      return { operation: "discovery", form, appId: undefined, body };
    }
  }
  for (const [operation, suffix] of Object.entries(SUFFIXES["sbi-2022"])) {
    if (action.toLowerCase().endsWith(suffix.toLowerCase())) {
      const appId = action.slice(0, -suffix.length);
      if (APP_ID.test(appId)) {
        return {
          operation: operation as IntentOperation,
          form: operation === "registration-capture" ? "sbi-2022" : undefined,
          appId,
          body,
        };
      }
    }
  }
  throw new MdsError("INTENT_INVALID", "expected the action of a device service, found another");
};

const asText = (extra: Uint8Array | string): string => {
  try {
    return typeof extra === "string" ? extra : fromUtf8(extra);
  } catch (cause) {
    throw new MdsError("INTENT_INVALID", "expected JSON as bytes of UTF-8", { cause });
  }
};

/** The result of a device app. @param contentUri for captures of 2022, whose answer is too long for an extra. */
export const writeIntentResult = (
  answer: { readonly body: string } | { readonly contentUri: string },
): Pick<IntentData, "extras"> => ({
  extras: { [ANSWER_EXTRA]: "body" in answer ? utf8(answer.body) : answer.contentUri },
});

/** The answer in a result: the JSON, or where it is to be read, once. @throws MdsError `INTENT_INVALID`. */
export const readIntentResult = ({
  extras,
}: Pick<IntentData, "extras">): { readonly body: string } | { readonly contentUri: string } => {
  const answer = extras[ANSWER_EXTRA];
  if (answer === undefined) {
    throw new MdsError("INTENT_INVALID", "expected an answer, found none");
  }
  return typeof answer === "string" && answer.startsWith("content://")
    ? { contentUri: answer }
    : { body: asText(answer) };
};
