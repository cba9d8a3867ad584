import { type ClientBehaviour, SPEC_BEHAVIOUR } from "../client/behaviour.js";
import type { ClientSession } from "../client/client-session.js";
import { type ClientV1Options, createClientV1 } from "../client/client-v1.js";
import { type ClientV2Options, createClientV2 } from "../client/client-v2.js";
import { DocvalError } from "../errors.js";

/** A client that is out there, as far as it can be told from the others on the wire. */
export interface ClientProfile {
  readonly meaning: string;
  readonly versions: readonly (1 | 2)[];
  readonly behaviour: ClientBehaviour;
}

/** Patience without end: such a client hardly ever notices a server that is silent. */
const FOREVER = 2_000_000;

/**
 * Published clients and what tells them apart, observed in their sources: spelling of the platform, order
 * of files, null or absent, what happens when the chip is lost, patience. `spec` does what the documents
 * say and nothing else.
 */
export const CLIENT_PROFILES = {
  "android-2.1.26": {
    meaning:
      "version 2 on Android: ascending files, signature absent when none, leaves on a lost chip",
    versions: [2],
    behaviour: {
      ...SPEC_BEHAVIOUR,
      platform: "android",
      requiredFiles: [],
      signAlways: false,
      heedsCloseMessage: false,
      patience: { accept: FOREVER, handback: 20_000, close: FOREVER, session: FOREVER },
    },
  },
  "ios-2.1.2": {
    meaning: "version 2 on iOS: files in any order, signature null when none, 6F00 for a lost chip",
    versions: [2],
    behaviour: {
      ...SPEC_BEHAVIOUR,
      platform: "iOS",
      noSignature: "null",
      fileOrder: "random",
      chipLost: "6F00",
      requiredFiles: ["sod", "dg1", "dg2"],
      monitoring: false,
      patience: { accept: 10_000, handback: 20_000, close: 2_000, session: 60_000 },
    },
  },
  "android-1.2.0": {
    meaning: "version 1 on Android: says diagnostics only when they are on, ignores close messages",
    versions: [1],
    behaviour: {
      ...SPEC_BEHAVIOUR,
      platform: "android",
      diagnosticsKey: "when-true",
      heedsCloseMessage: false,
      patience: { accept: FOREVER, handback: FOREVER, close: FOREVER, session: FOREVER },
    },
  },
  "ios-1.2.2": {
    meaning: "version 1 on iOS: reads EF.ATR/INFO first and says the lengths, heeds close messages",
    versions: [1],
    behaviour: {
      ...SPEC_BEHAVIOUR,
      platform: "ios",
      diagnosticsKey: "when-true",
      readsChipLengths: true,
      patience: { accept: 4_000, handback: 20_000, close: 2_000, session: 120_000 },
    },
  },
  spec: {
    meaning: "what the documents say",
    versions: [1, 2],
    behaviour: SPEC_BEHAVIOUR,
  },
} as const satisfies Record<string, ClientProfile>;

export type ClientProfileName = keyof typeof CLIENT_PROFILES;

/** @throws DocvalError `PROFILE_UNKNOWN` with those that there are. */
export const clientProfile = (name: string): ClientProfile => {
  if (Object.hasOwn(CLIENT_PROFILES, name)) return CLIENT_PROFILES[name as ClientProfileName];
  throw new DocvalError(
    "PROFILE_UNKNOWN",
    `expected one of ${Object.keys(CLIENT_PROFILES).join(", ")}, found ${JSON.stringify(name)}`,
  );
};

/** A client of version 1 that behaves as this one. */
export const clientV1As = (
  name: ClientProfileName,
  options: Omit<ClientV1Options, "behaviour">,
): ClientSession => createClientV1({ ...options, behaviour: behaviourFor(name, 1) });

/** A client of version 2 that behaves as this one. */
export const clientV2As = (
  name: ClientProfileName,
  options: Omit<ClientV2Options, "behaviour">,
): ClientSession => createClientV2({ ...options, behaviour: behaviourFor(name, 2) });

const behaviourFor = (name: ClientProfileName, version: 1 | 2): ClientBehaviour => {
  const { versions, behaviour } = clientProfile(name);
  if (versions.includes(version)) return behaviour;
  throw new DocvalError(
    "PROFILE_UNKNOWN",
    `expected a client of version ${version}, found ${name} of version ${versions.join(", ")}`,
  );
};
