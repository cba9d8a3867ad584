import fc from "fast-check";
import type { Display } from "./messages/display.js";
import type { AllInOne } from "./messages/doc-info-all-in-one.js";
import type { Exchange, Reply } from "./messages/exchange.js";
import type { Field } from "./messages/fields.js";
import { IMAGE_KINDS, type ImageEntry } from "./messages/image-kinds.js";
import type { Notification } from "./messages/notification.js";
import { encodeImage } from "./record/image.js";
import { CLIENT_NOTIFICATIONS, EXCHANGES, SERVICE_NOTIFICATIONS } from "./registry.js";

/** Arbitraries of fast-check for every value of the protocol, for tests of one's own. */

/** A name that is no number: objects put numbers before everything else. */
const anyName = (): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom("MRZ1", "Date of birth", "护照号码", "__proto__", "constructor", "EF.SOD"),
    fc.string({ maxLength: 20, unit: "grapheme" }).filter((name) => !/^\d+$/.test(name)),
  );

const anyText = (): fc.Arbitrary<string> => fc.string({ maxLength: 40, unit: "grapheme" });

export const anyField = (): fc.Arbitrary<Field> =>
  fc.record(
    {
      name: anyName(),
      content: anyText(),
      source: fc.constantFrom("VIZ", "MRZ", "RFID", "OCR", "Unknown"),
    },
    { requiredKeys: ["name", "content"] },
  );

export const anyFields = (): fc.Arbitrary<readonly Field[]> =>
  fc.uniqueArray(anyField(), { selector: ({ name }) => name, maxLength: 12 });

export const anyImageMask = (): fc.Arbitrary<number> => fc.integer({ min: 1, max: 31 });

const JPEG_START = [0xff, 0xd8, 0xff, 0xe0];

/** The text of an image: a data URL with or without the two-digit code. */
export const anyImageData = (): fc.Arbitrary<string> =>
  fc
    .tuple(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(undefined, 1, 2, 4, 8, 16))
    .map(([tail, code]) =>
      encodeImage({
        bytes: Uint8Array.from([...JPEG_START, ...tail]),
        ...(code === undefined ? {} : { code }),
      }),
    );

export const anyImages = (): fc.Arbitrary<readonly ImageEntry[]> =>
  fc.uniqueArray(
    fc.record({
      kind: fc.constantFrom(...IMAGE_KINDS.map(({ kind }) => kind)),
      data: anyImageData(),
    }),
    { selector: ({ kind }) => kind, maxLength: IMAGE_KINDS.length },
  );

const anyDisplay = (): fc.Arbitrary<Display> =>
  fc.oneof(
    anyText()
      .filter((text) => !text.startsWith("DESC:"))
      .map((text) => ({ form: "text" as const, text })),
    anyText().map((text) => ({ form: "failure" as const, text })),
    anyFields().map((fields) => ({ form: "fields" as const, fields })),
  );

const anyAllInOne = (): fc.Arbitrary<AllInOne> =>
  fc.record({ fields: anyFields(), images: anyImages() });

const PARAMS: Readonly<Record<string, () => fc.Arbitrary<unknown>>> = {
  Base64Image: () => fc.option(anyImageMask(), { nil: undefined }),
  WebConstant: anyName,
  TakePhoto: anyImageMask,
  TakePhotoOcr: anyImageMask,
  Sid: () => fc.record({ OnlyReadChip: fc.boolean() }),
  DGSource: () => fc.constant(undefined),
  ResultType: () => fc.integer({ min: 0, max: 255 }),
};

/** A parameter that a question of this kind takes. */
export const anyParamOf = (
  exchange: Pick<Exchange, "command" | "operand">,
): fc.Arbitrary<unknown> =>
  PARAMS[exchange.operand]?.() ??
  (exchange.command === "Set" ? fc.boolean() : fc.constant(undefined));

/** An answer to a question of this kind. */
export const anyReplyTo = (
  exchange: Pick<Exchange, "operand" | "echoesParam">,
): fc.Arbitrary<Reply<unknown>> => {
  const result = exchange.operand === "Base64Image" ? anyImages() : anyText();
  const echo = exchange.echoesParam ? { param: anyName() as fc.Arbitrary<unknown> } : {};
  return fc.oneof(
    fc.record({
      succeeded: fc.constant(true as const),
      result: result as fc.Arbitrary<unknown>,
      ...echo,
    }),
    fc.record({ succeeded: fc.constant(false as const), message: anyText(), ...echo }),
  );
};

export const anyExchange = (): fc.Arbitrary<Exchange> =>
  fc.constantFrom(...(EXCHANGES as unknown as readonly Exchange[]));

const VALUES: Readonly<Record<string, () => fc.Arbitrary<unknown>>> = {
  trigger: () => fc.integer({ min: 0, max: 3_600 }),
  "trigger-ex": () => fc.record({ DocumentId: fc.integer({ min: 0, max: 999_999 }) }),
  "recog-specified": () => fc.integer({ min: 0, max: 999_999 }),
  "image-message": anyImageMask,
  "card-content-text": anyFields,
  images: anyImages,
  "all-in-one": anyAllInOne,
  "custom-data": anyFields,
  "card-detected": () => fc.constant(undefined),
  "card-takenaway": () => fc.constant(undefined),
  display: anyDisplay,
  reconnect: anyText,
  "ask-for-support": anyText,
  "restart-service": anyText,
};

/** A value that a notification of this kind carries. */
export const anyValueOf = ({ kind }: Pick<Notification, "kind">): fc.Arbitrary<unknown> =>
  VALUES[kind]!();

export const anyNotification = (): fc.Arbitrary<Notification> =>
  fc.constantFrom(
    ...([...CLIENT_NOTIFICATIONS, ...SERVICE_NOTIFICATIONS] as unknown as readonly Notification[]),
  );
