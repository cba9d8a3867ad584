import type { Cipher } from "../encryption/cipher.js";
import type { HashRule } from "../hash-chain/rule.js";
import type { DecodeOptions, MessageCodec } from "../message.js";
import type { Converted, Mapping } from "../model/mapping.js";
import type {
  CaptureRequest,
  DataBlock,
  Device,
  DigitalId,
  DiscoveryRequest,
  Segment,
  StreamRequest,
} from "../model/types.js";

/** Every version of the device service that this package speaks. */
export const PROFILE_NAMES = ["0.8.4", "0.9.2", "0.9.5", "sbi-1.0", "sbi-draft-1"] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** What can be asked of a device service. */
export const OPERATIONS = [
  "discovery",
  "info",
  "capture",
  "stream",
  "registration-capture",
  "match",
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Method and path of an operation. */
export interface Endpoint {
  readonly verb: string;
  readonly path: string;
}

/** A message of a version, in the neutral model. */
export interface Translator<Neutral> {
  /** The message as JSON. @throws MdsError `MESSAGE_UNENCODABLE` when the version cannot say it at all. */
  write(value: Neutral): Converted<string>;
  /** The meaning of a message. @throws MdsError `JSON_MALFORMED`, `MESSAGE_INVALID`. */
  read(text: string, options?: DecodeOptions): Converted<Neutral>;
}

/** A list that has the same table for each of its items. */
export interface ListTranslator<Item> {
  write(items: readonly Item[]): Converted<string>;
  read(text: string): readonly Converted<Item>[];
}

/** A list of captured segments, with the envelope of the version. */
export interface AnswerTranslator {
  write(segments: readonly Segment[], requestOrigin?: string): Converted<string>;
  read(text: string): {
    readonly requestOrigin?: string;
    readonly segments: readonly Converted<Segment>[];
  };
}

/** How the answer to device info carries what is signed. */
export type InfoTranslator =
  | { readonly form: "jws"; readonly payload: Translator<Device> }
  | {
      readonly form: "detached";
      /** The element that the signature is over. */
      readonly element: Translator<Device>;
    };

/** One version of the device service, as data. */
export interface Profile {
  readonly name: ProfileName;
  /** What `specVersion` says. */
  readonly specVersion: string;
  readonly endpoints: Readonly<Partial<Record<Operation, Endpoint>>>;
  /** Answers a request with unknown fields by an error object; older versions ignore such fields. */
  readonly refusesUnknownFields: boolean;
  /** Answers carry error "0" beside what succeeded. */
  readonly saysSuccess: boolean;
  /** Preflight, origin and methods as the draft has them. */
  readonly cors: boolean;
  /** LOCATION names the path too. */
  readonly locationHasPath: boolean;
  /** callbackId ends in a slash: clients put the name of the operation straight behind it. */
  readonly callbackEndsInSlash: boolean;
  readonly signature: "jws" | "detached";
  /** How the header of a JWS names its type. */
  readonly jwsType: Readonly<Record<string, string>>;
  /** How a capture carries the digital id. */
  readonly captureDigitalId: "none" | "unsigned" | "signed";
  readonly hashRule: HashRule;
  readonly cipher: Cipher;
  readonly time: (time: Date) => string;
  readonly digitalId: Translator<DigitalId>;
  readonly discoveryRequest: Translator<DiscoveryRequest>;
  readonly discovery: ListTranslator<Device>;
  /** Absent where the request has no body. */
  readonly infoRequest?: Translator<DiscoveryRequest>;
  readonly info: InfoTranslator;
  /** The list round `deviceInfo`: text of the signed element or token, its signature, its error. */
  readonly infoEnvelope: {
    write(items: readonly InfoItem[]): string;
    read(text: string): readonly InfoItem[];
  };
  readonly captureRequest: Translator<CaptureRequest>;
  readonly captureBlock: Translator<DataBlock>;
  readonly capture: AnswerTranslator;
  readonly streamRequest: Translator<StreamRequest>;
  readonly registrationCaptureRequest: Translator<CaptureRequest>;
  readonly registrationCaptureBlock: Translator<DataBlock>;
  readonly registrationCapture: AnswerTranslator;
}

/** A profile; nothing of it is made where none is used, which bundlers see by the function. */
export const declareProfile = (make: () => Profile): Profile => make();

/** One device in the answer to device info. */
export interface InfoItem {
  /** What stands beside the signed element; 0.8.4 keeps half of the device there. */
  readonly beside: Device;
  /** A JWS or one segment; in 0.8.4 the text of the element. Absent when there is only an error. */
  readonly signed?: string;
  /** 0.8.4: `deviceInfoSignature`. */
  readonly signature?: string;
}

/** Joins a message with its table. */
export const translator = <Wire, Neutral>(
  codec: MessageCodec<Wire>,
  table: Mapping<Neutral>,
): Translator<Neutral> => ({
  write: (value) => {
    const { value: wire, lost, assumed } = table.down(value);
    return { value: codec.encode(wire as Wire), lost, assumed };
  },
  read: (text, options) => table.up(codec.decode(text, options)),
});

/** Joins a message that is a list with the table of its items. */
export const listTranslator = <Wire, Item>(
  codec: MessageCodec<Wire>,
  table: Mapping<Item>,
): ListTranslator<Item> => ({
  write: (items) => {
    const converted = items.map((item) => withoutAssumptions(item, table.down(item)));
    return {
      value: codec.encode(converted.map(({ value }) => value) as Wire),
      lost: [...new Set(converted.flatMap(({ lost }) => lost))],
      assumed: [...new Set(converted.flatMap(({ assumed }) => assumed))],
    };
  },
  read: (text) => (codec.decode(text) as readonly unknown[]).map((item) => table.up(item)),
});

/** An item that has nothing but an error is sent so, without empty fields round it. */
const withoutAssumptions = <Item>(
  item: Item,
  converted: Converted<Record<string, unknown>>,
): Converted<Record<string, unknown>> =>
  Object.keys(item as object).join() === "error"
    ? { ...converted, value: { error: converted.value["error"] }, assumed: [] }
    : converted;

interface Answer {
  readonly requestOrigin?: string;
  readonly biometrics: readonly unknown[];
}

/** Joins an answer with the table of its segments. */
export const answerTranslator = <Wire>(
  codec: MessageCodec<Wire>,
  table: Mapping<Segment>,
  options: { readonly requestOrigin?: boolean } = {},
): AnswerTranslator => ({
  write: (segments, requestOrigin) => {
    const converted = segments.map((segment) => table.down(segment));
    const answer: Answer = {
      ...(options.requestOrigin ? { requestOrigin: requestOrigin ?? "" } : {}),
      biometrics: converted.map(({ value }) => value),
    };
    return {
      value: codec.encode(answer as Wire),
      lost: [...new Set(converted.flatMap(({ lost }) => lost))],
      assumed: [...new Set(converted.flatMap(({ assumed }) => assumed))],
    };
  },
  read: (text) => {
    const { requestOrigin, biometrics } = codec.decode(text) as Answer;
    return {
      ...(requestOrigin === undefined ? {} : { requestOrigin }),
      segments: biometrics.map((item) => table.up(item)),
    };
  },
});
