/** What a card verifiable certificate, or a chain of them, may be at most: it comes from a peer. */
export const CVC_LIMITS = {
  /** Bytes of a certificate: the largest key with its parameters and signature needs a third. */
  size: 8_192,
  /** Characters of a reference (Doc 9303-12, table 14). */
  reference: 16,
  /** Bytes of role and rights; authentication terminals have 5. */
  template: 32,
  /** Extensions side by side, and data objects in one. */
  extensions: 32,
  /** Certificates of a chain: links over a few generations, a document verifier, a terminal. */
  chain: 16,
  /** Certificates among which a chain is looked for. */
  certificates: 64,
} as const;
