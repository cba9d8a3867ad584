/**
 * What is accepted at most, whatever the other side sends. The service sends a whole document as one
 * message of several megabytes; everything else is small.
 */
export const LIMITS = {
  /** Bytes of one message as UTF-8. */
  message: 32 * 1024 * 1024,
  /** Commands in one batch. */
  commands: 256,
  /** Fields of one document. */
  fields: 1_024,
  /** Images of one message, and of one document. */
  images: 32,
  /** Requests that wait to be sent or answered. */
  requests: 1_024,
  /** Seconds of a manual trigger. */
  triggerSeconds: 3_600,
} as const;
