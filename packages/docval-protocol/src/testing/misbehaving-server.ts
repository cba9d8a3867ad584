import type { Frame } from "../channel.js";
import { DocvalError } from "../errors.js";
import type { ServerInput, ServerSession, ServerStep } from "../session/server-session.js";

interface ServerFault {
  readonly meaning: string;
  readonly versions: readonly (1 | 2)[];
  /** What leaves instead of what a good server sends in one step. */
  alter(step: ServerStep, memory: Memory): ServerStep;
}

/** What a fault remembers of its session. */
interface Memory {
  done: boolean;
}

const isText = (frame: Frame, mark: string): boolean =>
  typeof frame === "string" && frame.includes(mark);
const isFile = (frame: Frame): boolean => typeof frame !== "string" && frame[0] === 0x01;

/** Changes the frames of each step. */
const frames =
  (change: (send: readonly Frame[]) => readonly Frame[]): ServerFault["alter"] =>
  (step) => ({ ...step, send: change(step.send) });

/** Puts something behind the first frame that has this mark, once. */
const after =
  (mark: string, ...more: readonly Frame[]): ServerFault["alter"] =>
  (step, memory) => {
    if (memory.done || !step.send.some((frame) => isText(frame, mark))) return step;
    memory.done = true;
    return { ...step, send: [...step.send, ...more] };
  };

const repeat = (mark: string): ServerFault["alter"] =>
  frames((send) => send.flatMap((frame) => (isText(frame, mark) ? [frame, frame] : [frame])));

const ACCEPT = '"ACCEPT"';
const EMPTY_INFO =
  '{"algorithm":"AES","encKey":"AAAAAAAAAAAAAAAAAAAAAA==","macKey":"AAAAAAAAAAAAAAAAAAAAAA==","ssc":0}';
const BOTH = [1, 2] as const;

/** What a server can do wrong, to see what a client makes of it. */
export const SERVER_FAULTS = {
  silent: {
    meaning: "says nothing at all, and does not close",
    versions: BOTH,
    alter: ({ close: _, ...step }) => ({ ...step, send: [] }),
  },
  "unknown-message": {
    meaning: "sends a text message of an unknown type after ACCEPT",
    versions: [2],
    alter: after(ACCEPT, '{"type":"PING"}'),
  },
  "accept-twice": { meaning: "sends ACCEPT twice", versions: [2], alter: repeat(ACCEPT) },
  "short-challenge": {
    meaning: "sends a challenge of seven bytes",
    versions: [2],
    alter: frames((send) =>
      send.map((frame) =>
        isText(frame, ACCEPT)
          ? '{"type":"ACCEPT","activeAuthenticationChallenge":"AQIDBAUGBw=="}'
          : frame,
      ),
    ),
  },
  "early-handback": {
    meaning: "sends CA_HANDBACK before anything was handed over",
    versions: [2],
    alter: after(
      ACCEPT,
      `{"type":"CA_HANDBACK","checkResult":"SUCCESS","secureMessagingInfo":${EMPTY_INFO}}`,
    ),
  },
  "handback-without-dg1": {
    meaning: "sends CA_HANDBACK without FILE dg1 before it",
    versions: [2],
    alter: frames((send) => send.filter((frame) => !isFile(frame))),
  },
  "handback-twice": {
    meaning: "sends CA_HANDBACK twice",
    versions: [2],
    alter: repeat('"CA_HANDBACK"'),
  },
  "no-json": {
    meaning: "sends a text that is no JSON first",
    versions: BOTH,
    alter: (step, memory) => first(step, memory, "{"),
  },
  "binary-garbage": {
    meaning: "sends a binary message of an unknown type after ACCEPT",
    versions: [2],
    alter: after(ACCEPT, Uint8Array.of(0xff, 0x00)),
  },
  "two-commands": {
    meaning: "sends the next command before the answer to the last",
    versions: BOTH,
    alter: frames((send) =>
      send.flatMap((frame) =>
        typeof frame === "string" || isFile(frame) ? [frame] : [frame, frame],
      ),
    ),
  },
  "command-after-done": {
    meaning: "sends a command after DONE",
    versions: [1],
    alter: after('"DONE"', Uint8Array.of(0x00, 0xa4, 0x04, 0x0c)),
  },
  "no-close": {
    meaning: "never closes, nor says that it will",
    versions: BOTH,
    alter: ({ close: _, ...step }) => ({
      ...step,
      send: step.send.filter((frame) => !isText(frame, '"CLOSE"') && !isText(frame, "close_code")),
    }),
  },
  "close-message-only": {
    meaning: "says that it closes, and does not",
    versions: BOTH,
    alter: ({ close: _, ...step }) => step,
  },
} as const satisfies Record<string, ServerFault>;

export type ServerFaultName = keyof typeof SERVER_FAULTS;

const first = (step: ServerStep, memory: Memory, frame: Frame): ServerStep => {
  if (memory.done || step.send.length === 0) return step;
  memory.done = true;
  return { ...step, send: [frame, ...step.send] };
};

/** A session that does one thing wrong. @throws DocvalError `FAULT_UNKNOWN`. */
export const misbehave = (session: ServerSession, name: string): ServerSession => {
  if (!Object.hasOwn(SERVER_FAULTS, name)) {
    throw new DocvalError(
      "FAULT_UNKNOWN",
      `expected one of ${Object.keys(SERVER_FAULTS).join(", ")}, found ${JSON.stringify(name)}`,
    );
  }
  const fault = SERVER_FAULTS[name as ServerFaultName];
  const memory: Memory = { done: false };
  return {
    get state() {
      return session.state;
    },
    get over() {
      return session.over;
    },
    receive: (input: ServerInput, now: number) => fault.alter(session.receive(input, now), memory),
  };
};
