import { randomBytes } from "node:crypto";
import { CommandError, command, type ExitCode, type Output, table } from "@org/command";
import {
  type BioSubType,
  type CaptureRequest,
  type CaptureResult,
  createMdsClient,
  EYES,
  FINGERS,
  isSuccess,
  type VerifiedSegment,
} from "@org/mosip-mds-types";
import { systemClock } from "@org/mosip-mds-types/http";
import { type Answer, exitOf, received, reportText } from "../answer.js";
import { type FoundDevice, findDevice, namedAs } from "../find.js";
import { SERVICE_FLAGS, type ServiceFlagValues, sendFor, TRUST_FLAGS } from "../flags.js";
import { saveCapture } from "../save.js";
import { readAnchors, readOpener } from "../trust.js";

const POSITIONS = [...FINGERS, ...EYES, "unknown"] as const;

const FLAGS = {
  ...SERVICE_FLAGS,
  ...TRUST_FLAGS,
  "decrypt-key": {
    type: "text",
    value: "FILE|sim",
    help: "private key that opens what is encrypted, or sim: that of the simulators",
    group: "trust",
  },
  out: { type: "text", value: "DIR", help: "folder to save answer, records and images in" },
  count: { type: "number", value: "N", min: 1, max: 10, default: 1, help: "fingers or eyes" },
  score: { type: "number", value: "0-100", max: 100, default: 40, help: "least quality" },
  "sub-id": {
    type: "number",
    value: "N",
    max: 3,
    default: 0,
    help: "part of the device: 1 left, 2 right, 3 thumbs or both eyes, 0 any",
  },
  position: {
    type: "text",
    value: "NAME",
    many: true,
    choices: POSITIONS,
    help: "finger or eye to capture",
  },
  exception: {
    type: "text",
    value: "NAME",
    many: true,
    choices: POSITIONS,
    help: "finger or eye that the person does not have",
  },
  timeout: {
    type: "number",
    value: "S",
    default: 10,
    min: 1,
    max: 300,
    fraction: true,
    help: "seconds for the person",
  },
  transaction: { type: "text", value: "ID", help: "transaction id (default: made up)" },
  domain: { type: "text", value: "URL", default: "https://auth.example", help: "who it is for" },
  "previous-hash": {
    type: "text",
    value: "HASH",
    help: "hash of the capture before, to go on from",
  },
} as const;

interface CaptureFlagValues extends ServiceFlagValues {
  readonly trust: readonly string[];
  readonly "decrypt-key": string | undefined;
  readonly out: string | undefined;
  readonly count: number;
  readonly score: number;
  readonly "sub-id": number;
  readonly position: readonly string[];
  readonly exception: readonly string[];
  readonly timeout: number;
  readonly transaction: string | undefined;
  readonly domain: string;
  readonly "previous-hash": string | undefined;
}

export const capture = command({
  name: "capture",
  summary: "Captures for authentication: encrypted, by devices of level L1",
  flags: FLAGS,
  run: ({ flags, output, signal }) => perform("auth", flags, output, signal),
});

export const rcapture = command({
  name: "rcapture",
  summary: "Captures for registration: in the clear",
  flags: FLAGS,
  run: ({ flags, output, signal }) => perform("registration", flags, output, signal),
});

const perform = async (
  purpose: "auth" | "registration",
  flags: CaptureFlagValues,
  output: Output,
  signal: AbortSignal,
): Promise<ExitCode> => {
  const trust = await readAnchors(flags.trust);
  const opener = await readOpener(flags["decrypt-key"]);
  const found = await findDevice(flags, purpose, output, signal);
  const { profile, port, baseUrl, modality, device, digitalId } = found;
  const client = createMdsClient({
    send: sendFor(flags),
    clock: systemClock,
    profile,
    baseUrl,
    trust,
  });
  const request = requestOf(purpose, flags, found);
  output.progress(`${modality} device at ${port}: capturing`);
  const serialNo = digitalId?.serialNo ?? device.serialNo;
  const options = {
    signal,
    ...(opener === undefined ? {} : { opener }),
    ...(device.level === undefined ? {} : { level: device.level }),
    ...(serialNo === undefined ? {} : { serialNo }),
  };
  const result =
    purpose === "auth"
      ? await client.capture(request, options)
      : await client.registrationCapture(request, options);
  const files = await saveCapture(flags.out, result.answer, result.segments, modality);
  const document: Answer = {
    spec: profile.name,
    port,
    answer: received(result.answer),
    report: result.report,
    files,
  };
  output.result(document, captureText(result, files, output));
  return exitOf(result.report);
};

const requestOf = (
  purpose: "auth" | "registration",
  flags: CaptureFlagValues,
  { modality, device }: FoundDevice,
): CaptureRequest => {
  return {
    env: device.env ?? "developer",
    purpose,
    timeoutMs: 1_000 * flags.timeout,
    transactionId: flags.transaction ?? `T-${randomBytes(8).toString("hex")}`,
    // Some versions write times without milliseconds.
    captureTime: new Date(Math.floor(Date.now() / 1_000) * 1_000),
    ...(purpose === "auth"
      ? { domainUri: flags.domain }
      : { registrationId: `R-${randomBytes(8).toString("hex")}` }),
    bio: [
      {
        wanted: modality,
        count: flags.count,
        requestedScore: flags.score,
        subId: flags["sub-id"],
        previousHash: flags["previous-hash"] ?? "",
        ...namedAs(device),
        ...listed("subTypes", flags.position),
        ...listed("exceptions", flags.exception),
      },
    ],
  };
};

const listed = (name: "subTypes" | "exceptions", words: readonly string[]) => {
  if (new Set(words).size < words.length) {
    throw new CommandError("USAGE", "expected each finger or eye once");
  }
  return words.length === 0 ? {} : { [name]: words as readonly BioSubType[] };
};

const captureText = (
  { report, segments, lost }: CaptureResult,
  files: readonly string[],
  output: Output,
): string =>
  [
    reportText(report, output),
    table(segments.map(segmentColumns)),
    ...(lost.length === 0 ? [] : [`not sent, the version has no word for it: ${lost.join(", ")}`]),
    ...files,
  ].join("\n");

const segmentColumns = ({ error, block, value }: VerifiedSegment): string[] =>
  isSuccess(error)
    ? [
        `  ${block?.subType ?? block?.modality ?? "?"}`,
        block?.qualityScore === undefined ? "" : `quality ${block.qualityScore}`,
        value === undefined ? "encrypted" : `${value.length} bytes`,
      ]
    : [`  error ${error!.code}`, error!.info];
