import type { Question, ReceivedQuestion } from "../client-message.js";
import { type Item, writeItem } from "../messages/envelope.js";
import { type Exchange, replyItem } from "../messages/exchange.js";
import type { ImageEntry } from "../messages/image-kinds.js";
import type { SwitchName } from "../registry.js";
import { SENTENCES, type SentenceId } from "../sentences.js";
import type { Quirks } from "./quirks.js";
import type { ServiceLocale } from "./reading.js";

/** What the answers depend on. */
export interface AnswerSource {
  readonly quirks: Quirks;
  readonly device: SimulatedDevice;
  readonly plugged: boolean;
  sentence(id: SentenceId): string;
  constant(id: string): string | undefined;
  /** Images of the document on the reader; undefined where none lies there. */
  images(mask: number | undefined): readonly ImageEntry[] | undefined;
  setSwitch(name: SwitchName, on: boolean): void;
  setChipFiles(): void;
  setOnlySidChip(on: boolean): void;
  setPhotoMask(mask: number): void;
  /** Takes pictures and reads them; the results go out as notifications. */
  read(): void;
  diagnose(text: string): void;
}

/** What the simulated reader says of itself. */
export interface SimulatedDevice {
  readonly name: string;
  readonly serialNumber: string;
  readonly type: "PassportReader" | "Scanner";
  readonly version: string;
}

/** An answer, or none, and images that follow it as a notification. */
export interface Answer {
  readonly before?: readonly ImageEntry[];
  readonly item?: Item;
  readonly after?: readonly ImageEntry[];
}

/** Answers one question as the service does. */
export const answerQuestion = (received: ReceivedQuestion, from: AnswerSource): Answer => {
  if (!received.known) {
    from.diagnose(`refused: ${received.problem.message}`);
    const { command, operand } = received.item;
    return {
      item: { command, operand, succeeded: false, result: from.sentence("InvalidCommand") },
    };
  }
  const { question, item } = received;
  warn(question, item, from);
  const { exchange } = question;
  if (exchange.operand === "Base64Image") return imagesAnswer(question, from);
  return { item: renamed(exchange, answered(question, from), from.quirks) };
};

const answered = ({ exchange, param }: Question, from: AnswerSource): Item => {
  const yes = (result: unknown = ""): Item =>
    replyItem(exchange, { succeeded: true, result, ...echo(exchange, param, from.quirks) });
  const no = (id: SentenceId): Item =>
    replyItem(exchange, {
      succeeded: false,
      message: from.sentence(id),
      ...echo(exchange, param, from.quirks),
    });
  const told = (text: string): Item => (from.plugged ? yes(text) : no("DevNotLoaded"));
  switch (exchange.operand) {
    case "OnLineStatus":
    case "OnLineStatusEx":
      return yes(from.sentence(from.plugged ? "DeviceConnected" : "DeviceNotConnected"));
    case "DeviceName":
      return told(from.device.name);
    case "DeviceSerialNo":
      return told(from.device.serialNumber);
    case "DeviceType":
      return told(from.device.type);
    case "VersionInfo":
      return yes(from.device.version);
    case "WebConstant": {
      const text = from.constant(param as string);
      return text === undefined ? no("InvalidCommand") : yes(text);
    }
    case "DGSource":
      from.setChipFiles();
      return yes();
    case "Sid":
      from.setOnlySidChip((param as { OnlyReadChip: boolean }).OnlyReadChip);
      return yes();
    case "TakePhoto":
      if (!from.plugged) return no("FailedCaptureImage");
      from.setPhotoMask(param as number);
      return yes();
    case "TakePhotoOcr":
      if (!from.plugged) return no("FailedCaptureImage");
      from.read();
      return yes();
    case "ResultType":
      return yes();
    default:
      from.setSwitch(exchange.operand as SwitchName, param as boolean);
      return yes();
  }
};

const echo = (exchange: Exchange, param: unknown, quirks: Quirks): { param?: unknown } =>
  exchange.echoesParam && !quirks.has("constant-without-param") ? { param } : {};

const renamed = (exchange: Exchange, item: Item, quirks: Quirks): Item => {
  if (exchange.operand === "VIZ" && quirks.has("viz-reply-dg")) return { ...item, operand: "DG" };
  if (exchange.operand === "WebConstant" && quirks.has("web-constants")) {
    return { ...item, operand: "WebConstants" };
  }
  return item;
};

/** Images that were asked for: in the answer, as a notification, or both, as the quirk says. */
const imagesAnswer = ({ exchange, param }: Question, from: AnswerSource): Answer => {
  const images = from.images(param as number | undefined);
  if (images === undefined || images.length === 0) {
    const message = from.sentence("FailedCaptureImage");
    return { item: replyItem(exchange, { succeeded: false, message }) };
  }
  const full = replyItem(exchange, { succeeded: true, result: images });
  const empty = replyItem(exchange, { succeeded: true, result: [] });
  const { quirks } = from;
  if (quirks.has("base64image-notify")) return { after: images };
  if (quirks.has("base64image-promise")) return { item: empty, after: images };
  if (quirks.has("base64image-both")) return { item: full, after: images };
  if (quirks.has("base64image-notify-first")) return { before: images, item: full };
  if (quirks.has("base64image-json-text")) {
    return { item: { ...full, result: JSON.stringify(writeItem(full)["Result"]) } };
  }
  return { item: full };
};

/** Says what a page does that the manual does not: the service would take it in silence. */
const warn = ({ exchange }: Question, { param }: Item, from: AnswerSource): void => {
  if (typeof param === "boolean") {
    from.diagnose(`${exchange.operand}: a JSON truth value is taken for off; the manual has texts`);
  } else if (
    exchange.command === "Set" &&
    typeof param === "string" &&
    !["True", "False", "Y", "N"].includes(param)
  ) {
    from.diagnose(`${exchange.operand}: a text other than True and False is taken for off`);
  }
};

/** A sentence of the service in its language. */
export const shippedSentence = (id: SentenceId, locale: ServiceLocale): string =>
  SENTENCES[id].shipped[locale === "en" ? 0 : 1];
