export { type ChipClaim, type ChipUnderTest, chipCases } from "./conformance/chip.js";
export {
  type ReaderAnswer,
  type ReaderTask,
  type ReaderUnderTest,
  readerCases,
} from "./conformance/reader.js";
export * from "./crypto/conformance.js";
