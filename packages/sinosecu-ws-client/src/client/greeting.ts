import { ask, type Question } from "../client-message.js";
import { DGSource } from "../messages/dg-source.js";
import { OnLineStatus } from "../messages/online-status.js";
import { WebConstant } from "../messages/web-constant.js";
import { SWITCHES, type SwitchName } from "../registry.js";
import { meaningOf, STATE_SENTENCES } from "../sentences.js";
import type { DeviceState } from "./events.js";
import type { Outcome } from "./outcome.js";

/** Settings to make at every connection; a service forgets them when it starts anew. */
export type Settings = { readonly [name in SwitchName]?: boolean };

/** What is asked and set when a connection opens. */
export const greetingQuestions = {
  /** The sentences in which this service will tell the reader's state. */
  sentences: STATE_SENTENCES.map((id) => ask(WebConstant, id)) as readonly Question[],
  status: [ask(OnLineStatus)] as readonly Question[],
  settings: (settings: Settings, chipFiles: boolean): readonly Question[] => [
    ...(Object.entries(settings) as [SwitchName, boolean][]).map(([name, on]) =>
      ask(SWITCHES[name], on),
    ),
    ...(chipFiles ? [ask(DGSource)] : []),
  ],
};

const DEVICE_STATES: { readonly [meaning: string]: DeviceState } = {
  "device-connected": "connected",
  "device-absent": "absent",
};

/** Follows the reader's state through sentences, whatever their language. */
export const createStatusObserver = () => {
  const own = new Map<string, string>();
  let last: { readonly text: string; readonly refused: boolean } | undefined;

  const device = (): DeviceState => {
    if (last === undefined) return "unknown";
    const known = DEVICE_STATES[meaningOf(last.text, own) ?? ""];
    return known ?? (last.refused ? "absent" : "unknown");
  };

  return {
    get device() {
      return device();
    },
    meaning: (text: string) => meaningOf(text, own),
    /** A sentence about the device, from an answer or on the service's own account. */
    say(text: string, refused = false): void {
      last = { text, refused };
    },
    /** Takes what any answer teaches: the service's sentences, or its state. */
    learn({ exchange, param }: Question, outcome: Outcome): void {
      if (exchange.operand === WebConstant.operand && outcome.ok) {
        own.set(String(param), String(outcome.result));
      } else if (exchange.operand === OnLineStatus.operand) {
        if (outcome.ok) this.say(String(outcome.result));
        else if (outcome.error.code === "REQUEST_REFUSED") {
          this.say(outcome.error.serviceText ?? "", true);
        }
      }
    },
    /** The connection ended: nothing is known any more. */
    forget(): void {
      last = undefined;
    },
  };
};

export type StatusObserver = ReturnType<typeof createStatusObserver>;
