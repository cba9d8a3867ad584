export { DeviceInfoResponse } from "../mds-0.9.5/device-info.js";
export { DigitalId } from "../mds-0.9.5/digital-id.js";
export { StreamError } from "../mds-0.9.5/stream.js";
export * from "./capture.js";
export * from "./device-info.js";
export * from "./discovery.js";
export * from "./match.js";
export * from "./registration-capture.js";
export * from "./stream.js";
