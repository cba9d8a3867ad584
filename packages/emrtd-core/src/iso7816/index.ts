export { type CommandApdu, decodeCommandApdu, encodeCommandApdu } from "./command-apdu.js";
export { chainCommand, chained } from "./command-chaining.js";
export { protectedBy } from "./protected-by.js";
export { decodeResponseApdu, encodeResponseApdu, type ResponseApdu } from "./response-apdu.js";
export { withWholeAnswers } from "./response-chaining.js";
export { createSecureMessaging, type SecureMessaging } from "./secure-messaging.js";
export type { SecureMessagingCipher, SecureMessagingSession } from "./sm-cipher.js";
export { describeStatus, expectSuccess, type StatusKind } from "./status-word.js";
