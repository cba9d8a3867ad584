import { SinosecuError } from "../errors.js";

interface QuirkEntry {
  /** Quirks of one group exclude each other. */
  readonly group: string;
  readonly meaning: string;
}

const quirk = (group: string, meaning: string): QuirkEntry => ({ group, meaning });

/**
 * Where services, manuals and pages differ: each way that is not the usual one, to be switched on. A
 * client has to stand all of them, in every combination.
 */
export const QUIRKS = {
  "viz-reply-dg": quirk("viz-reply", "the answer to Set VIZ has the operand DG, as in the manual"),
  "web-constants": quirk(
    "constant-operand",
    "the answer to Get WebConstant has the operand WebConstants",
  ),
  "constant-without-param": quirk(
    "constant-param",
    "the answer to Get WebConstant does not repeat the id",
  ),
  "base64image-notify": quirk(
    "base64image",
    "images that were asked for come as a notification alone",
  ),
  "base64image-promise": quirk(
    "base64image",
    "the answer says Y without images, which come as a notification",
  ),
  "base64image-both": quirk(
    "base64image",
    "images that were asked for come in the answer and as a notification",
  ),
  "base64image-notify-first": quirk(
    "base64image",
    "they come as a notification and then in the answer",
  ),
  "base64image-json-text": quirk(
    "base64image",
    "the object of images is written as a text of JSON",
  ),
  "batch-single-replies": quirk(
    "batch",
    "a batch is answered by a message for each of its commands",
  ),
  "batch-missing-item": quirk("batch", "the second command of a batch is never answered"),
  "batch-shuffled": quirk("batch", "the answers of a batch come in another order"),
  "reconnect-as-in-manual": quirk("reconnect", "the command is spelled ReConnect"),
  "support-as-on-page": quirk("support", "the command is spelled AskSupport"),
  "fibre-as-uvdull": quirk("fibre", "the fibre check is told in the field UVDull"),
  "detected-by-callback": quirk(
    "detected",
    "only callback mode makes the service tell of documents laid down",
  ),
  "failure-as-text": quirk("failure", "a failed reading is shown as a text that begins with DESC:"),
  "failure-as-object": quirk("failure", "a failed reading is shown as an object with DESC"),
  "trigger-tells": quirk("trigger", "a trigger without a document ends with a sentence"),
  "lower-case": quirk("case", "Type, Command and Operand are written in lower case"),
  "succeeded-lower-case": quirk("succeeded", "Succeeded is y or n"),
  "succeeded-missing": quirk("succeeded", "a failed answer has no Succeeded"),
  "image-codes": quirk(
    "image-text",
    "two digits stand between the comma of a data URL and its base64",
  ),
  "image-bare": quirk("image-text", "an image is bare base64 without a data URL"),
  "images-first": quirk("order", "images come before the text"),
  "images-one-by-one": quirk("images", "each image comes in a message of its own"),
  "images-twice": quirk("images", "every message of images comes twice"),
  "field-sources": quirk("fields", "fields are objects of Content and Source without being asked"),
  "field-prefixes": quirk("fields", "names of fields begin with RFID_ or OCR_"),
  "trailing-zero": quirk("text", "a zero byte follows every message"),
  "blanks-and-order": quirk("text", "messages are written with blanks and keys in another order"),
  fragments: quirk(
    "frames",
    "messages of more than 4 KB go out in fragments, cut within characters too",
  ),
  "second-client-splits": quirk("clients", "with two clients each gets half of the events"),
} as const satisfies Record<string, QuirkEntry>;

export type QuirkName = keyof typeof QUIRKS;

export type Quirks = ReadonlySet<QuirkName>;

/** @throws SinosecuError `QUIRK_UNKNOWN` for a name that is none, or two that exclude each other. */
export const parseQuirks = (names: readonly string[]): Quirks => {
  const groups = new Map<string, string>();
  for (const name of names) {
    const entry = Object.hasOwn(QUIRKS, name) ? QUIRKS[name as QuirkName] : undefined;
    if (entry === undefined) {
      const known = Object.keys(QUIRKS).join(", ");
      throw new SinosecuError("QUIRK_UNKNOWN", `expected a quirk, one of ${known}`);
    }
    const other = groups.get(entry.group);
    if (other !== undefined && other !== name) {
      throw new SinosecuError("QUIRK_UNKNOWN", `expected one of ${other} and ${name}, found both`);
    }
    groups.set(entry.group, name);
  }
  return new Set(names as readonly QuirkName[]);
};
