import { CommandError, command, EXIT, type Output, table } from "@org/command";
import {
  discoverPort,
  type Modality,
  PROFILE_NAMES,
  PROFILES,
  type ProfileName,
} from "@org/mosip-mds-types";
import { deviceServiceCases } from "@org/mosip-mds-types/conformance";
import { systemClock, verbSend } from "@org/mosip-mds-types/http";
import { readTrust } from "@org/mosip-mds-types/node";
import { simulatorTrust } from "@org/mosip-mds-types/testing";
import { requestVerb } from "@org/transports/node/http-verbs";

interface CaseResult {
  readonly type: Modality;
  readonly name: string;
  readonly status: "passed" | "failed";
  /** What was expected and found. */
  readonly message: string | null;
}

export const mdsCheck = command({
  name: "mds-check",
  summary: "Runs the conformance cases against a device service",
  flags: {
    port: {
      type: "number",
      value: "N",
      min: 1,
      max: 65_535,
      default: 4501,
      help: "where it listens",
    },
    spec: {
      type: "text",
      value: "VERSION",
      choices: ["auto", ...PROFILE_NAMES],
      default: "auto",
      help: "version that it should speak",
    },
    trust: {
      type: "text",
      value: "DIR|sim",
      help: "folder of mds-keys, or sim: chains of certificates are judged too",
    },
    "capture-timeout": {
      type: "number",
      value: "S",
      min: 1,
      max: 120,
      fraction: true,
      default: 5,
      help: "seconds that a capture may take; a person needs more than a simulator",
    },
  },
  details: "Exit status 0: every case held. Cases of captures need somebody at a real sensor.",
  async run({ flags, output, signal }) {
    const send = verbSend(requestVerb);
    const fixed = flags.spec === "auto" ? undefined : (flags.spec as ProfileName);
    const found = await discoverPort(send, flags.port, {
      clock: systemClock,
      signal,
      ...(fixed === undefined ? {} : { profile: fixed }),
    });
    if (found.profile === undefined || found.devices.length === 0) {
      throw new CommandError(
        "NOT_FOUND",
        `expected a device service${fixed ? ` of ${fixed}` : ""} at port ${flags.port}, found ${found.reason}`,
        found.reason === "closed" || found.reason === "timed-out" ? EXIT.unreachable : EXIT.no,
      );
    }
    const spec = found.profile;
    const kinds = [...new Set(found.devices.flatMap(({ device }) => device.modality ?? []))];
    if (kinds.length === 0) {
      throw new CommandError(
        "NOT_FOUND",
        `expected devices that say their type in the words of ${spec}, found ${found.devices.length} that do not`,
        EXIT.no,
      );
    }
    const trust = await readAnchors(flags.trust);
    const results: CaseResult[] = [];
    for (const type of kinds) {
      const cases = deviceServiceCases({
        profile: PROFILES[spec],
        baseUrl: `http://127.0.0.1:${flags.port}`,
        send,
        clock: systemClock,
        modality: type,
        otherModalities: kinds,
        purposes: purposesOf(found.devices.filter(({ device }) => device.modality === type)),
        captureTimeoutMs: 1_000 * flags["capture-timeout"],
        ...(trust === undefined ? {} : { trust }),
      });
      for (const { name, run } of cases) {
        signal.throwIfAborted();
        output.progress(`${type}: ${name}`);
        const message = await run().then(
          () => null,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        );
        const result = {
          type,
          name,
          status: message === null ? "passed" : "failed",
          message,
        } as const;
        results.push(result);
        if (!output.json) output.result({}, caseText(result, output));
      }
    }
    const failed = results.filter(({ status }) => status === "failed").length;
    const counts = { passed: results.length - failed, failed };
    if (output.json) output.result({ spec, port: flags.port, ...counts, cases: results }, "");
    else
      output.result(
        {},
        table([[`${spec} at ${flags.port}:`, `${counts.passed} passed`, `${failed} failed`]]),
      );
    return failed === 0 ? EXIT.yes : EXIT.no;
  },
});

type Found = Awaited<ReturnType<typeof discoverPort>>["devices"];

/** 0.8.4 does not say what a device is for: both are tried. A device of level L0 captures for registration only. */
const purposesOf = (devices: Found): readonly ("auth" | "registration")[] =>
  (["auth", "registration"] as const).filter((purpose) =>
    devices.some(
      ({ device }) =>
        (device.purpose ?? purpose) === purpose &&
        (purpose === "registration" || device.level !== "L0"),
    ),
  );

const readAnchors = async (name: string | undefined) =>
  name === undefined
    ? undefined
    : (name === "sim" ? await simulatorTrust() : await readTrust(name)).trust;

const caseText = ({ type, name, status, message }: CaseResult, output: Output): string =>
  `${output.style(status === "passed" ? "green" : "red", status)}  ${type}: ${name}${
    message === null ? "" : `\n        ${message}`
  }`;
