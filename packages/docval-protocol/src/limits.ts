/** What is taken at most, whatever the other side sends. */
export const LIMITS = {
  /** Bytes of one frame. The largest real one is a face of some 100 kB. */
  frame: 1_048_576,
  /** Bytes of one frame of a server: a result with every file of a document. */
  serverFrame: 16 * 1_048_576,
  /** Bytes of one APDU: the longest extended command, or answer with its status word. */
  apdu: 65_544,
  /** Files of one session. */
  files: 20,
  /** Bytes of all files of one session. */
  filesTotal: 8 * 1_048_576,
  /** Monitoring messages of one session; more are dropped. */
  monitoringMessages: 1_000,
  /** Characters that are kept of a monitoring message. */
  monitoringLength: 1_000,
  /** Characters of an identifier: of a client, of a validation, which may be a signed token, of a platform. */
  identifier: 4_096,
} as const;
