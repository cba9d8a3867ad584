import type { Contest } from "../harness.js";
import { documentWithPortrait } from "./document.js";
import { recordSession } from "./recording.js";

/** So long that reading all of the document takes about 200 commands in short form. */
const PORTRAIT_BYTES = 35_000;

/** What a server does in a session, without its sockets: the frames of the client are recorded. */
export const serverSession = (version: 1 | 2, atMost: number) => async (): Promise<Contest> => {
  const { commands, hold, bare } = await recordSession(
    version,
    documentWithPortrait(PORTRAIT_BYTES),
  );
  const session = "the server's part of a session";
  const baseline = "the cryptographic operations in it";
  return {
    title: `version ${version}, ca-aes, ${commands} APDUs of the server: CPU`,
    baseline,
    contestants: { [baseline]: () => cpuOf(bare), [session]: () => cpuOf(hold) },
    budgets: [{ contestant: session, atMost }],
  };
};

/** Milliseconds of processor time. */
const cpuOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};
