/** A released version of the protocol (appendix 6) that brought something new. */
export type ProtocolVersion = "2.2.14" | "2.3.0" | "2.4.0" | "2.4.1";
