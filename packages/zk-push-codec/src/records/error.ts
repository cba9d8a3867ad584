import { optional, required } from "../fields.js";
import { keyedMessage, type ValueOf } from "../keyed-message.js";
import { base64, text } from "../kind.js";

/**
 * ERRORLOG, something that went wrong inside the terminal, in an ERRORLOG body.
 *
 * Attendance PUSH 3.7, 11.16.
 *
 *     ERRORLOG SP ErrCode= HT ErrMsg= HT DataOrigin= HT CmdId= HT Additional=
 */
export const ErrorRecord = /* @__PURE__ */ keyedMessage(
  "record",
  "ERRORLOG",
  { section: "11.16", since: "2.4.1" },
  {
    /** Eight characters: see `ERROR_CODES` and `parseErrorCode`. */
    errorCode: required("ErrCode", text),
    message: optional("ErrMsg", text),
    /** See `DATA_ORIGINS`. */
    dataOrigin: optional("DataOrigin", text),
    /** The command that failed, where a command did. */
    commandId: optional("CmdId", text),
    /** JSON, base64. */
    additional: optional("Additional", base64),
  },
);
export type ErrorRecord = ValueOf<typeof ErrorRecord>;
