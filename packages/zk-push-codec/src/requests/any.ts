import type { CodecOptions } from "../context.js";
import { ZkPushError } from "../errors.js";
import type { PushRequest } from "../http.js";
import type { MessageOf, RequestCodec } from "../request-codec.js";
import { routeOf } from "../route.js";
import { CommandRepliesRequest } from "./command-replies.js";
import { FactorsRequest } from "./exchange-factors.js";
import { PublicKeyRequest } from "./exchange-public-key.js";
import { GetCommandRequest } from "./get-command.js";
import { GetFileRequest } from "./get-file.js";
import { InitializationRequest } from "./initialization.js";
import { PingRequest } from "./ping.js";
import { PostVerifyDataRequest } from "./post-verify-data.js";
import { PushOptionsRequest } from "./push-options.js";
import { RemoteAttendanceRequest } from "./remote-attendance.js";
import { UpdateInfoRequest } from "./update-info.js";
import { AttendanceUpload } from "./upload-attendance.js";
import { AttendancePhotoUpload } from "./upload-attendance-photo.js";
import { BiodataUpload } from "./upload-biodata.js";
import { ErrorLogUpload } from "./upload-error-log.js";
import { IdentityCardUpload } from "./upload-identity-card.js";
import { OperationLogUpload } from "./upload-operation-log.js";
import { OtherUpload } from "./upload-other.js";
import { PacketUpload } from "./upload-packet.js";

/** Every request of a terminal; the first that matches reads it. Polls come most. */
export const REQUESTS = {
  getrequest: GetCommandRequest,
  info: UpdateInfoRequest,
  initialization: InitializationRequest,
  publickey: PublicKeyRequest,
  factors: FactorsRequest,
  options: PushOptionsRequest,
  packet: PacketUpload,
  ATTLOG: AttendanceUpload,
  ATTPHOTO: AttendancePhotoUpload,
  OPERLOG: OperationLogUpload,
  IDCARD: IdentityCardUpload,
  BIODATA: BiodataUpload,
  ERRORLOG: ErrorLogUpload,
  PostVerifyData: PostVerifyDataRequest,
  RemoteAtt: RemoteAttendanceRequest,
  devicecmd: CommandRepliesRequest,
  ping: PingRequest,
  file: GetFileRequest,
  other: OtherUpload,
} as const;

/** What tells requests apart. */
export type RequestName = keyof typeof REQUESTS;

/** Any request of a terminal. */
export type DeviceRequest = MessageOf<(typeof REQUESTS)[RequestName]>;

const NAMES = /* @__PURE__ */ Object.keys(REQUESTS) as RequestName[];

/** Which request this is, before its body is read; `undefined` for none of the protocol. */
export const requestNameOf = (request: PushRequest): RequestName | undefined => {
  const route = routeOf(request);
  return NAMES.find((name) => REQUESTS[name].matches(route));
};

/**
 * Reads any request of a terminal.
 *
 * @throws ZkPushError `REQUEST_FOREIGN` for another dialect, `REQUEST_UNKNOWN` for a path or table
 * of none, and what the request's own codec throws.
 */
export const decodeRequest = (request: PushRequest, options: CodecOptions = {}): DeviceRequest =>
  decodeNamedRequest(requestNameOf(request), request, options);

/** The same for who knows the name already. */
export const decodeNamedRequest = (
  name: RequestName | undefined,
  request: PushRequest,
  options: CodecOptions,
): DeviceRequest => {
  if (name !== undefined) {
    const codec: RequestCodec<DeviceRequest> = REQUESTS[name];
    return codec.decode(request, options);
  }
  if (routeOf(request).endpoint === "foreign") {
    options.report?.({ code: "FOREIGN_DIALECT" });
    throw new ZkPushError(
      "REQUEST_FOREIGN",
      "expected a request of the attendance protocol, found one of the access-control dialect",
    );
  }
  throw new ZkPushError("REQUEST_UNKNOWN", "expected a path and query of the protocol");
};

/** Writes any request of a terminal. */
export const encodeRequest = (message: DeviceRequest, options: CodecOptions = {}): PushRequest => {
  const codec: RequestCodec<DeviceRequest> = REQUESTS[message.request];
  return codec.encode(message, options);
};
