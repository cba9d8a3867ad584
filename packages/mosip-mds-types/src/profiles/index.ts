export * as mds084 from "./mds-0.8.4/index.js";
export * as mds092 from "./mds-0.9.2/index.js";
export * as mds095 from "./mds-0.9.5/index.js";
export {
  type AnswerTranslator,
  type Endpoint,
  type InfoItem,
  type InfoTranslator,
  type ListTranslator,
  OPERATIONS,
  type Operation,
  PROFILE_NAMES,
  type Profile,
  type ProfileName,
  type Translator,
} from "./profile.js";
export { PROFILES, profileNamed } from "./registry.js";
export * as sbi10 from "./sbi-1.0/index.js";
export * as sbiDraft1 from "./sbi-draft-1/index.js";
