import type { Command } from "../../commands/any.js";
import { type PostVerifyDataRequest, verifiedPin } from "../../requests/post-verify-data.js";
import type { RemoteAttendanceRequest } from "../../requests/remote-attendance.js";
import { RemoteAttendanceReply } from "../../responses/remote-attendance.js";
import { textResponse } from "../../responses/response.js";
import { issueRecord } from "../issue.js";
import { accepted, codecOptions, type Handled, refused, type Served } from "./context.js";

/** Whether somebody may pass (12.8.3). Silence of the server is a no. */
export const handleVerify = async (
  served: Served,
  message: PostVerifyDataRequest,
): Promise<Handled> => {
  const pin = verifiedPin(message);
  const question = {
    sn: served.device.sn,
    pin: pin ?? "",
    ...(message.authType === undefined ? {} : { authType: message.authType }),
  };
  const allowed = pin !== undefined && (await served.options.verify?.(question)) === true;
  return { response: allowed ? accepted(served.now) : refused(served.now, "DENIED"), events: [] };
};

/** A person for a terminal that does not have him (14). */
export const handleRemoteAttendance = async (
  served: Served,
  message: RemoteAttendanceRequest,
): Promise<Handled> => {
  const { options, now } = served;
  const person = options.remoteAttendance ? await options.store.person(message.pin) : undefined;
  const commands = (person ?? []).flatMap((record): Command[] => {
    const wanted = record.record === "USER" || record.record === "FP";
    const command = wanted ? issueRecord(record) : undefined;
    return command === undefined ? [] : [command];
  });
  const body = RemoteAttendanceReply.encode({ records: commands }, codecOptions(served));
  return { response: textResponse(body, { now }), events: [] };
};
