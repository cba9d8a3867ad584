import { MdsError } from "../errors.js";

/** Faults of a simulated device, each of which one check of a client finds. */
export const DEVICE_FAULTS = [
  /** One bit of every signature of the device key is wrong. */
  "bad-signature",
  /** The certificate of the device key ran out in 2020. */
  "expired-certificate",
  /** Captures are linked by another rule than the version's. */
  "wrong-hash-rule",
  /** The device's clock is ten minutes ahead. */
  "skewed-clock",
  /** Something else has the sensor. */
  "busy",
  /** Each try takes longer than any client waits. */
  "slow",
  /** No try is any good. */
  "low-score",
  /** One finger or eye is left out of the answer. */
  "fewer-fingers",
] as const;
export type DeviceFault = (typeof DEVICE_FAULTS)[number];

/** Faults in the way an answer is sent, see `withWireFaults` of the subpath `http`. */
export const WIRE_FAULTS = [
  /** Content-Length counts characters, and an empty line follows the body. */
  "character-length",
  /** `Connection: Closed`, as the documents write it: no token of HTTP, so the socket stays open. */
  "connection-closed",
  /** The boundary is declared with two dashes that its delimiters do not add, and text follows the end. */
  "broken-boundary",
] as const;
export type WireFault = (typeof WIRE_FAULTS)[number];

export const FAULTS = [...DEVICE_FAULTS, ...WIRE_FAULTS] as const;
export type Fault = (typeof FAULTS)[number];

/** The faults of some names. @throws MdsError `FAULT_UNKNOWN`, with the names that there are. */
export const parseFaults = (names: readonly string[]): Set<Fault> => {
  const unknown = names.filter((name) => !(FAULTS as readonly string[]).includes(name));
  if (unknown.length > 0) {
    throw new MdsError(
      "FAULT_UNKNOWN",
      `expected faults among ${FAULTS.join(", ")}, found ${unknown.join(", ")}`,
    );
  }
  return new Set(names as readonly Fault[]);
};
