export { anyMessage } from "./arbitraries/messages.js";
export { anyBioRequest, anyCaptureRequest, anyDataBlock } from "./arbitraries/model.js";
export {
  anyFaceImageRecord,
  anyFingerImageRecord,
  anyIrisImageRecord,
  anyMinutiaeRecord,
  anyMinutiaeRecord2005,
} from "./arbitraries/records.js";
