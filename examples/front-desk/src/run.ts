import { readFile } from "node:fs/promises";
import { CommandError, EXIT, type ExitCode, type Output, untilAborted } from "@org/command";
import {
  loadTrust,
  namesTrust,
  simulatorTrust as simulatorAnchors,
  type TrustFlagValues,
} from "@org/example-emrtd/trust";
import { readPemOrDer, type Trust } from "@org/mosip-mds-types";
import { simulatorTrust } from "@org/mosip-mds-types/testing";
import { DEFAULT_URL } from "@org/sinosecu-ws-client/web";
import { parseChipPlace } from "./card-reader.js";
import { isPageFault, isWorldFault } from "./faults.js";
import { type FrontDeskOptions, openFrontDesk, type RemoteDocval } from "./front-desk.js";
import { type DependentFlags, refuseIdleFlags } from "./idle-flags.js";
import { playVisit } from "./play.js";
import { exitOf, stepText } from "./played.js";

/** What the command line says. */
interface RunContext {
  readonly flags: TrustFlagValues &
    DependentFlags & {
      readonly host: string;
      readonly port: number | undefined;
      readonly idle: number;
      readonly chip: string | undefined;
      readonly "pin-key": string | undefined;
    };
  readonly output: Output;
  readonly signal: AbortSignal;
}
type Flags = RunContext["flags"];

/** Opens the desk and serves its page until the signal, or plays one visit. */
export const run = async ({ flags, output, signal }: RunContext): Promise<ExitCode> => {
  const options = await optionsOf(flags, (text) => output.note(text));
  const desk = await openFrontDesk(options);
  try {
    for (const fault of flags.fault) if (isWorldFault(fault)) desk.world.fault(fault, true);
    if (!flags.auto) {
      output.line({ listening: desk.url }, `listening on ${desk.url}`);
      await untilAborted(signal);
      return EXIT.yes;
    }
    const { chip } = options;
    const fault = flags.fault.find(isPageFault);
    const rows = await playVisit(desk, {
      ...(chip.kind === "sim" ? { profile: chip.profile } : {}),
      ...(fault === undefined ? {} : { fault }),
      signal,
      onStep: (row) => output.line(row, stepText(row, output)),
    });
    return exitOf(rows, desk.desk.story);
  } finally {
    await desk.close();
  }
};

const usage = (expected: string, found: string): CommandError =>
  new CommandError("USAGE", `expected ${expected}, found ${found}`);

const optionsOf = async (flags: Flags, note: (text: string) => void): Promise<FrontDeskOptions> => {
  if (!/^(127(\.\d{1,3}){3}|localhost|::1)$/.test(flags.host)) {
    throw usage("an address of this machine for --host, since the page has no login", flags.host);
  }
  refuseIdleFlags(flags, namesTrust(flags));
  const chip = parseChipPlace(flags.chip ?? (flags.simulate ? "sim" : "pcsc"));
  const sinosecu = flags.sinosecu ?? (flags.simulate ? undefined : DEFAULT_URL);
  const docval = await docvalOf(flags);
  const zk = clockOf(flags);
  const mds = await devicesOf(flags);
  return {
    host: flags.host,
    port: flags.port ?? (flags.auto ? 0 : DEFAULT_PORT),
    chip,
    // Without a word about trust the simulator's own chips are believed.
    trust: await loadTrust(
      flags,
      chip.kind === "sim" && !namesTrust(flags) ? simulatorAnchors() : [],
      note,
    ),
    ...(flags.modality === undefined ? {} : { modality: flags.modality as "face" | "finger" }),
    idleMs: flags.idle * 1_000,
    warn: note,
    ...(flags.simulate ? { patience: SIMULATED_PATIENCE } : {}),
    ...(sinosecu === undefined ? {} : { sinosecu }),
    ...(docval === undefined ? {} : { docval }),
    ...(zk === undefined ? {} : { zk }),
    ...(mds === undefined ? {} : { mds }),
    ...(flags["public-url"] === undefined
      ? {}
      : { publicUrl: flags["public-url"].replace(/\/$/, "") }),
    ...(flags["pin-key"] === undefined ? {} : { pinKey: await pinKeyOf(flags["pin-key"]) }),
  };
};

const DEFAULT_PORT = 8_088;

/** Simulated devices answer at once, or not at all. */
const SIMULATED_PATIENCE = { answerMs: 6_000, captureMs: 5_000 };

const docvalOf = async (flags: Flags): Promise<RemoteDocval | undefined> => {
  const { docval: url, "docval-key": key, "docval-authorization": token } = flags;
  if (url === undefined) return undefined;
  if (!/^wss?:\/\/\S+$/.test(url)) throw usage("a ws: or wss: URL for --docval", "another one");
  if (key === undefined)
    throw usage("--docval-key with --docval, to tell its results from others", "none");
  return {
    url,
    clientId: flags["docval-client"] ?? "front-desk",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    verificationKey: await readFile(key, "utf8"),
    keyId: flags["docval-key-id"] ?? "docval-server",
  };
};

const clockOf = ({
  zk: url,
  "zk-token": token,
  "zk-terminal": terminal,
  simulate,
}: Flags): FrontDeskOptions["zk"] => {
  if (url === undefined) {
    if (simulate) return undefined;
    throw usage("--zk URL and --zk-token T, or --simulate", "none");
  }
  if (!/^https?:\/\/\S+$/.test(url)) throw usage("an http: or https: URL for --zk", "another one");
  if (token === undefined) throw usage("--zk-token with --zk", "none");
  return { url, token, ...(terminal === undefined ? {} : { terminal }) };
};

const FIRST_PORT = 4_501;
const LAST_PORT = 4_600;

const devicesOf = async (flags: Flags): Promise<FrontDeskOptions["mds"]> => {
  if (flags.mds === undefined && flags.simulate) return undefined;
  return { ports: portsOf(flags.mds ?? `${FIRST_PORT}-${LAST_PORT}`), trust: await trustOf(flags) };
};

const portsOf = (text: string): readonly number[] => {
  const ports = text.split(",").flatMap((part) => {
    const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part);
    const [from, to] = [Number(range?.[1]), Number(range?.[2] ?? range?.[1])];
    const sound = range !== null && from >= 1 && to <= 65_535 && from <= to && to - from < 1_000;
    if (!sound)
      throw usage("ports such as 4501, 4501,4503 or 4501-4600 for --mds", JSON.stringify(part));
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
  return [...new Set(ports)];
};

const trustOf = async ({ "mds-trust": names }: Flags): Promise<Trust> => {
  const anchors: Uint8Array[] = [];
  const trustModuleAnchors: Uint8Array[] = [];
  for (const name of names) {
    if (name === "sim") {
      const { trust } = await simulatorTrust();
      anchors.push(...trust.anchors);
      trustModuleAnchors.push(...(trust.trustModuleAnchors ?? []));
    } else {
      const certificates = readPemOrDer("CERTIFICATE", new Uint8Array(await readFile(name)));
      anchors.push(...certificates);
      trustModuleAnchors.push(...certificates);
    }
  }
  return { anchors, trustModuleAnchors };
};

const MIN_KEY = 16;

const pinKeyOf = async (path: string): Promise<Uint8Array> => {
  const key = new Uint8Array(await readFile(path));
  if (key.length < MIN_KEY) throw usage(`${MIN_KEY} bytes or more in ${path}`, String(key.length));
  return key;
};
