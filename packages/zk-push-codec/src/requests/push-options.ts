import { DEVICE_OPTION_FIELDS } from "../device-options.js";
import { COMMAS, keyValues } from "../key-values.js";
import { isTable, type MessageOf, requestCodec, textBody } from "../request-codec.js";

const OPTIONS = /* @__PURE__ */ keyValues(COMMAS, DEVICE_OPTION_FIELDS);

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
  body: textBody({
    decode: (body, context) => ({ options: OPTIONS.decode(body, context, "options") }),
    encode: (message, context) => OPTIONS.encode(message.options, context, "options"),
  }),
  matches: (route) => route.post && isTable(route, "options"),
});
export type PushOptionsRequest = MessageOf<typeof PushOptionsRequest>;
