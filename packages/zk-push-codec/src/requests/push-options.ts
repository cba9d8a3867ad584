import { DEVICE_OPTION_FIELDS } from "../device-options.js";
import { keyValues } from "../key-values.js";
import type { DeviceOptions } from "../replies/info.js";
import { isTable, type MessageOf, requestCodec, textBody } from "../request-codec.js";
import { COMMAS } from "../style.js";

const OPTIONS = /* @__PURE__ */ keyValues(COMMAS, DEVICE_OPTION_FIELDS);

/** Body of an options push. */
export interface PushedOptions {
  readonly options: DeviceOptions;
  /** Line ends after the last option. */
  readonly ending?: string;
}

/**
 * A terminal says what it is and can do: the options that `PushOptions` asked for, and each one
 * that changes.
 *
 * Attendance PUSH 3.7, chapter 8. The answer is a bare `OK`: a count makes some terminals resend.
 *
 *     POST /iclock/cdata?SN=…&table=options
 *     key=value,key=value
 */
export const PushOptionsRequest = /* @__PURE__ */ requestCodec({
  request: "options",
  section: "8",
  schema: ["key=value"],
  method: "POST",
  path: "/iclock/cdata",
  fixed: [["table", "options"]],
  query: {},
  body: textBody<PushedOptions>({
    decode(body, context) {
      const [ending = ""] = /[\r\n]*$/.exec(body) ?? [];
      const pairs = body.slice(0, body.length - ending.length);
      const options = OPTIONS.decode(pairs, context, "options");
      return ending === "" ? { options } : { options, ending };
    },
    encode({ options, ending = "" }, context) {
      return OPTIONS.encode(options, context, "options") + ending.replace(/[^\r\n]/g, "");
    },
  }),
  matches: (route) => isTable(route, "options"),
});
export type PushOptionsRequest = MessageOf<typeof PushOptionsRequest>;
