import type { Channel, CloseInfo, Frame } from "../channel.js";
import { decodeClientMessage } from "../client-message.js";
import { SinosecuError } from "../errors.js";
import { frameText } from "../frame-text.js";
import { redact } from "../redact.js";

export interface RelayOptions {
  /** Bytes of one message at most, either way; default 32 MiB. */
  readonly maxMessage?: number;
  /** Told of each message in words without personal data. */
  readonly log?: (direction: "page" | "service", line: string) => void;
}

/** How a relay ended: by whom, and with which close. */
export interface RelayEnd {
  readonly by: "page" | "service" | "proxy";
  readonly close: CloseInfo;
}

const LOST: CloseInfo = { by: "lost", code: 1006, reason: "" };

/** Sent to both sides when a page says what no page may say. */
const POLICY_VIOLATION = 1008;

/**
 * Carries messages between a page and the service, byte for byte, until either side ends.
 *
 * What a page sends must be a question or notice of the protocol; anything else ends the relay with
 * close code 1008, because the service is old native code that was never meant to be attacked.
 */
export const relay = async (
  page: Channel,
  service: Channel,
  options: RelayOptions = {},
): Promise<RelayEnd> => {
  const end = await Promise.race([
    carry(page, service, "page", options),
    carry(service, page, "service", options),
  ]);
  const { code, reason } = end.close;
  const passed = code === 1005 || code === 1006 || code === 1015 ? 1001 : code;
  await Promise.allSettled([page.close(passed, reason), service.close(passed, reason)]);
  return end;
};

const carry = async (
  from: Channel,
  to: Channel,
  side: "page" | "service",
  { maxMessage, log }: RelayOptions,
): Promise<RelayEnd> => {
  for (;;) {
    const frame = await from.receive().catch(() => undefined);
    if (frame === undefined) return { by: side, close: await from.closed };
    const problem = check(frame, side, maxMessage);
    if (problem) {
      const tooLarge = problem.code === "MESSAGE_TOO_LARGE";
      const code = tooLarge ? 1009 : POLICY_VIOLATION;
      return { by: "proxy", close: { by: "us", code, reason: problem.code } };
    }
    log?.(side, redact(frame));
    try {
      await to.send(frame);
    } catch {
      return { by: side === "page" ? "service" : "page", close: LOST };
    }
  }
};

const check = (
  frame: Frame,
  side: "page" | "service",
  maxMessage: number | undefined,
): SinosecuError | undefined => {
  try {
    const text = frameText(frame, maxMessage);
    if (side === "service") return undefined;
    const message = decodeClientMessage(text);
    const known =
      message.kind === "questions"
        ? message.questions.every((question) => question.known)
        : message.kind !== "unknown";
    return known ? undefined : new SinosecuError("PARAM_INVALID", "expected a known command");
  } catch (error) {
    if (error instanceof SinosecuError) return error;
    return new SinosecuError("MESSAGE_INVALID", "expected a message of a page");
  }
};
