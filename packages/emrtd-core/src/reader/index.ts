export {
  createDocumentReader,
  type DocumentReader,
  type DocumentReaderOptions,
} from "./document-reader.js";
export type { DocumentReading, PartialFile, ReadProgress } from "./document-reading.js";
export type { AccessPolicy } from "./open-chip.js";
export { type ReadDocumentOptions, readDocument } from "./read-document.js";
export { DEFAULT_READ_PLAN, FAST_READ_PLAN, type ReadPlan, type ReadStep } from "./read-plan.js";
