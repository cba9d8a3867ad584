import { bytesOf, wireOf } from "../../bytes.js";
import { ZkPushError } from "../../errors.js";
import type { PushResponse } from "../../http.js";
import { InitializationReply } from "../../responses/initialization.js";
import type { TransData } from "../../tables/trans-data.js";
import { type TransFlag, transmits } from "../../trans-flag.js";
import type { QueueName } from "./data.js";

/** What a terminal was told in its handshake. */
export interface Settings {
  readonly reply: InitializationReply;
  readonly delayMs: number;
  readonly errorDelayMs: number;
  readonly realtime: boolean;
  /** 0: never. */
  readonly intervalMs: number;
  readonly times: readonly string[];
  readonly transFlag: TransFlag;
  /** No `ServerVer`: old stamps and paths. */
  readonly legacy: boolean;
}

const ALL: TransFlag = { format: "digits", digits: "111111111111" };

/**
 * Reads the answer to a handshake as a terminal does: a line without its end is thrown away, and a
 * body that starts with UN or RETRY is a failure.
 */
export const readSettings = (response: PushResponse): Settings | undefined => {
  const body = wireOf(response.body);
  if (response.status !== 200 || /^(UN|RETRY)/.test(body)) return undefined;
  const ended = body.slice(0, Math.max(body.lastIndexOf("\n"), body.lastIndexOf("\r")) + 1);
  let reply: InitializationReply;
  try {
    reply = InitializationReply.decode(bytesOf(ended.replace(/\r\n?/g, "\n")));
  } catch (error) {
    if (error instanceof ZkPushError) return undefined;
    throw error;
  }
  return {
    reply,
    delayMs: (reply.delay ?? 30) * 1_000,
    errorDelayMs: (reply.errorDelay ?? 30) * 1_000,
    realtime: reply.realtime !== 0,
    intervalMs: (reply.transInterval ?? 0) * 60_000,
    times: reply.transTimes ?? [],
    transFlag: reply.transFlag ?? ALL,
    legacy: reply.serverVersion === undefined || reply.serverVersion === "",
  };
};

const KINDS: Readonly<Record<QueueName, readonly TransData[]>> = {
  ATTLOG: ["AttLog"],
  ATTPHOTO: ["AttPhoto"],
  OPERLOG: ["OpLog", "EnrollUser", "ChgUser", "EnrollFP", "ChgFP", "FACE", "UserPic", "BioPhoto"],
  BIODATA: ["EnrollFP", "ChgFP", "FACE", "EnrollUser"],
  IDCARD: ["EnrollUser", "ChgUser"],
  ERRORLOG: ["OpLog"],
};

/** Whether a table is uploaded on its own. */
export const uploads = (settings: Settings, queue: QueueName): boolean =>
  KINDS[queue].some((kind) => transmits(settings.transFlag, kind));
