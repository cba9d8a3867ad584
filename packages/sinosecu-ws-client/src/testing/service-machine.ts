import type { Frame } from "../channel.js";
import { type ClientMessage, decodeClientMessage } from "../client-message.js";
import type { SinosecuError } from "../errors.js";
import { frameText } from "../frame-text.js";
import { CardDetected } from "../messages/card-detected.js";
import { CardTakenaway } from "../messages/card-takenaway.js";
import type { Item } from "../messages/envelope.js";
import type { ImageEntry } from "../messages/image-kinds.js";
import type { SwitchName } from "../registry.js";
import { SENTENCES, type SentenceId } from "../sentences.js";
import { type Answer, answerQuestion, type SimulatedDevice, shippedSentence } from "./answer.js";
import { pushes } from "./pushes.js";
import { parseQuirks, type QuirkName } from "./quirks.js";
import { readImages, type ServiceLocale, type ServiceSettings } from "./reading.js";
import type { SimulatedDocument } from "./simulated-document.js";
import { createWriter } from "./write.js";

export interface ServiceOptions {
  readonly quirks?: readonly QuirkName[];
  readonly locale?: ServiceLocale;
  /** Sentences by id, in place of those of the locale or beside them: another language, an integrator's own. */
  readonly constants?: Readonly<Record<string, string>>;
  readonly device?: Partial<SimulatedDevice>;
  /** Whether a reader is plugged in at the start. Default true. */
  readonly plugged?: boolean;
  /** Read each document when it is laid down. Default true; else only when triggered. */
  readonly autoRead?: boolean;
  /** From the laying down to the text, and from the text to the images, in milliseconds. */
  readonly readMs?: number;
  readonly imagesMs?: number;
}

export type ServiceInput =
  | { readonly kind: "connected"; readonly client: number }
  | { readonly kind: "gone"; readonly client: number }
  | { readonly kind: "frame"; readonly client: number; readonly frame: Frame }
  | { readonly kind: "lay"; readonly document: SimulatedDocument }
  | { readonly kind: "take-away" }
  | { readonly kind: "unplug" }
  | { readonly kind: "plug" }
  | { readonly kind: "say"; readonly what: "reconnect" | "support" | "settings-changed" }
  | { readonly kind: "restart"; readonly announced: boolean }
  | { readonly kind: "due" };

export interface ServiceStep {
  readonly send: readonly { readonly client: number; readonly text: string }[];
  readonly close: readonly number[];
  /** What a client did that the manual does not have; nothing personal. */
  readonly diagnostics: readonly string[];
  readonly wakeAt?: number;
}

/** The background service without socket and clock. */
export interface ServiceMachine {
  receive(input: ServiceInput, now: number): ServiceStep;
}

const DEVICE: SimulatedDevice = {
  name: "Simulated passport reader",
  serialNumber: "SIM-0001",
  type: "PassportReader",
  version: "6.8.1.3",
};

/** What the real service is set to before anybody sets anything. */
const DEFAULTS: readonly (readonly [SwitchName, boolean])[] = [
  ["VIZ", true],
  ["RFID", true],
];

export const createServiceMachine = (options: ServiceOptions = {}): ServiceMachine => {
  const quirks = parseQuirks(options.quirks ?? []);
  const { locale = "en", readMs = 0, imagesMs = 0, autoRead = true } = options;
  const device = { ...DEVICE, ...options.device };
  const writer = createWriter(quirks);
  const clients = new Set<number>();
  let plugged = options.plugged ?? true;
  let lying: SimulatedDocument | undefined;
  let switches = new Map(DEFAULTS);
  let chipFiles = false;
  let onlySidChip = false;
  let photoMask: number | undefined;
  let onlyMainId: number | undefined;
  let triggerUntil: number | undefined;
  let turn = 0;
  let later: { readonly at: number; readonly run: () => void }[] = [];
  let send: { client: number; text: string }[] = [];
  let close: number[] = [];
  let diagnostics: string[] = [];
  let now = 0;

  const settings = (): ServiceSettings => ({ switches, chipFiles, onlySidChip });
  const on = (name: SwitchName): boolean => switches.get(name) ?? false;
  const sentence = (id: SentenceId): string =>
    options.constants?.[id] ?? shippedSentence(id, locale);
  const constant = (id: string): string | undefined =>
    options.constants?.[id] ??
    (Object.hasOwn(SENTENCES, id) ? sentence(id as SentenceId) : undefined);

  /** To every client: each has a reading thread of its own, or they take turns. */
  const tell = (text: string): void => {
    const all = [...clients];
    const chosen = quirks.has("second-client-splits") ? [all[turn++ % all.length]!] : all;
    if (all.length > 0) for (const client of chosen) send.push({ client, text });
  };
  const schedule = (ms: number, run: () => void): void => {
    if (ms === 0) run();
    else later.push({ at: now + ms, run });
  };

  const push = pushes({ writer, quirks, locale, settings, sentence, tell, schedule, imagesMs });

  const read = (document: SimulatedDocument): void => {
    triggerUntil = undefined;
    const unknown = on("Rejection") && document.mainId === "0";
    const unwanted = onlyMainId !== undefined && String(onlyMainId) !== document.mainId;
    const failure = unknown || unwanted ? { failure: sentence("FailedRecog") } : {};
    push.document({ ...document, ...failure });
  };

  const lay = (document: SimulatedDocument): void => {
    if (!plugged) return;
    lying = document;
    const callback = on("IfEnableCallback");
    const notice = quirks.has("detected-by-callback") ? false : on("IfNotifyCardDetected");
    if (callback || notice) tell(cardEvent(CardDetected));
    if (autoRead || triggerUntil !== undefined) schedule(readMs, () => read(document));
  };

  const takeAway = (): void => {
    if (lying === undefined) return;
    lying = undefined;
    if (on("IfNotifyCardDetected")) tell(cardEvent(CardTakenaway));
  };

  const cardEvent = ({ codec, command, operand }: typeof CardDetected | typeof CardTakenaway) =>
    writer.literal(codec.encode(undefined), { command, operand });

  const trigger = (seconds: number): void => {
    if (lying) {
      schedule(readMs, () => lying && read(lying));
      return;
    }
    triggerUntil = now + seconds * 1_000;
    later.push({
      at: triggerUntil,
      run: () => {
        if (triggerUntil === undefined || triggerUntil > now) return;
        triggerUntil = undefined;
        if (quirks.has("trigger-tells")) push.display(sentence("FailedCaptureImage"));
      },
    });
  };

  const answer = (client: number, message: ClientMessage & { kind: "questions" }): void => {
    const to = (text: string): void => void send.push({ client, text });
    const answers = message.questions.map((question) =>
      answerQuestion(question, {
        quirks,
        device,
        plugged,
        sentence,
        constant,
        images: (mask) => lying && readImages(lying, settings(), quirks, mask ?? photoMask ?? 31),
        setSwitch: (name, value) => switches.set(name, value),
        setChipFiles: () => {
          chipFiles = true;
        },
        setOnlySidChip: (value) => {
          onlySidChip = value;
        },
        setPhotoMask: (mask) => {
          photoMask = mask;
        },
        read: () => void (lying && read(lying)),
        diagnose: (text) => diagnostics.push(text),
      }),
    );
    for (const { before } of answers) if (before) to(push.imagesText(before));
    for (const text of replyTexts(answers, message.batch)) to(text);
    for (const { after } of answers) if (after) to(push.imagesText(after));
  };

  const replyTexts = (answers: readonly Answer[], batch: boolean): string[] => {
    const items = answers.flatMap(({ item }) => item ?? []);
    if (!batch) return items.map((item) => writer.one("Reply", item));
    if (quirks.has("batch-single-replies")) return items.map((item) => writer.one("Reply", item));
    return [writer.batch(batchOrder(items))];
  };

  const batchOrder = (items: readonly Item[]): readonly Item[] => {
    if (quirks.has("batch-missing-item")) return items.filter((_, index) => index !== 1);
    return quirks.has("batch-shuffled") ? [...items].reverse() : items;
  };

  const receiveFrame = (client: number, frame: Frame): void => {
    let message: ClientMessage;
    try {
      message = decodeClientMessage(frameText(frame));
    } catch (error) {
      const { code, message: text } = error as SinosecuError;
      diagnostics.push(`refused: ${code}: ${text}`);
      const refused = {
        command: "",
        operand: "",
        succeeded: false,
        result: sentence("InvalidCommand"),
      };
      send.push({ client, text: writer.one("Reply", refused) });
      return;
    }
    switch (message.kind) {
      case "questions":
        answer(client, message);
        return;
      case "trigger":
        trigger(message.value);
        return;
      case "trigger-ex":
        trigger(0);
        return;
      case "recog-specified":
        onlyMainId = message.value;
        return;
      case "image-message": {
        const images: readonly ImageEntry[] = lying
          ? readImages(lying, settings(), quirks, message.value)
          : [];
        images.length > 0 ? tell(push.imagesText(images)) : undefined;
        return;
      }
      case "unknown":
        diagnostics.push("refused: a notification that is not known");
    }
  };

  const act = (input: ServiceInput): void => {
    switch (input.kind) {
      case "connected":
        clients.add(input.client);
        return;
      case "gone":
        clients.delete(input.client);
        return;
      case "frame":
        receiveFrame(input.client, input.frame);
        return;
      case "lay":
        lay(input.document);
        return;
      case "take-away":
        takeAway();
        return;
      case "unplug":
        plugged = false;
        push.display(sentence("DeviceOffLine"));
        return;
      case "plug":
        plugged = true;
        push.display(sentence("DeviceReconnected"));
        return;
      case "say":
        push.say(input.what);
        return;
      case "restart":
        if (input.announced) push.say("restart");
        close = [...clients];
        clients.clear();
        switches = new Map(DEFAULTS);
        [chipFiles, onlySidChip, photoMask, onlyMainId] = [false, false, undefined, undefined];
        [triggerUntil, later] = [undefined, []];
        return;
      case "due":
        return;
    }
  };

  return {
    receive(input, at) {
      now = at;
      [send, close, diagnostics] = [[], [], []];
      const due = later.filter((one) => one.at <= now);
      later = later.filter((one) => one.at > now);
      for (const { run } of due) run();
      act(input);
      const wakeAt = later.length === 0 ? {} : { wakeAt: Math.min(...later.map((one) => one.at)) };
      return { send, close, diagnostics, ...wakeAt };
    },
  };
};
