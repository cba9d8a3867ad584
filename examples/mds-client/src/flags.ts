import {
  MODALITIES,
  type Modality,
  PROFILE_NAMES,
  type ProfileName,
  type Send,
} from "@org/mosip-mds-types";
import { verbSend } from "@org/mosip-mds-types/http";
import { requestVerb } from "@org/transports/node/http-verbs";

/** Which device. */
export const SERVICE_FLAGS = {
  spec: {
    type: "text",
    value: "VERSION",
    choices: ["auto", ...PROFILE_NAMES],
    default: "auto",
    help: "version to speak; auto: what the device says",
    group: "which device",
  },
  type: {
    type: "text",
    value: "KIND",
    choices: MODALITIES,
    help: "kind of device (default: the first that is found)",
    group: "which device",
  },
  port: {
    type: "number",
    value: "N",
    min: 1,
    max: 65_535,
    help: "where it listens (default: 4501 to 4600, all at once)",
    group: "which device",
  },
  wait: {
    type: "number",
    value: "S",
    default: 3,
    fraction: true,
    min: 0.1,
    max: 60,
    help: "seconds for a port to answer",
    group: "which device",
  },
  raw: {
    type: "switch",
    help: "read answers to the end of the connection: for services that count characters",
    group: "which device",
  },
} as const;

export interface ServiceFlagValues {
  readonly spec: string;
  readonly type: string | undefined;
  readonly port: number | undefined;
  readonly wait: number;
  readonly raw: boolean;
}

/** Whom to believe. */
export const TRUST_FLAGS = {
  trust: {
    type: "text",
    value: "CERT|sim",
    many: true,
    help: "certificate to trust, folder of mds-keys, or sim: the public keys of the simulators",
    group: "trust",
  },
} as const;

/** Version that the flags name, if any. */
export const fixedSpec = ({ spec }: ServiceFlagValues): ProfileName | undefined =>
  spec === "auto" ? undefined : (spec as ProfileName);

export const wantedType = ({ type }: ServiceFlagValues): Modality | undefined =>
  type as Modality | undefined;

/** The way to a device service: a connection for each request, any verb. */
export const sendFor = ({ raw }: Pick<ServiceFlagValues, "raw">): Send =>
  verbSend(requestVerb, { raw });
