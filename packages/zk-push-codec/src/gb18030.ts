import { ZkPushError } from "./errors.js";

/**
 * GB18030, the writing direction. Platforms decode it and none encodes it, so the table is made by
 * decoding every two-byte code and every four-byte code of the basic plane once, on first use.
 */

/** First of the four-byte codes beyond the basic plane: 90 30 81 30 is U+10000. */
const SUPPLEMENTARY = 0x90;
/** Four-byte codes of the basic plane are 81 30 81 30 to 84 31 A4 39. */
const LAST_BASIC_POINTER = 39_419;

let table: Map<number, number> | undefined;

/**
 * Characters as GB18030 bytes.
 *
 * @throws ZkPushError `TEXT_NOT_ENCODABLE` for the few private-use characters without a code.
 */
export const encodeGb18030 = (text: string): Uint8Array<ArrayBuffer> => {
  table ??= makeTable();
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0)!;
    if (point < 0x80) bytes.push(point);
    else if (point > 0xffff) pushFour(bytes, SUPPLEMENTARY, point - 0x1_0000);
    else pushCode(bytes, codeOf(table, point));
  }
  return Uint8Array.from(bytes);
};

const codeOf = (codes: ReadonlyMap<number, number>, point: number): number => {
  const code = codes.get(point);
  if (code === undefined) {
    throw new ZkPushError("TEXT_NOT_ENCODABLE", "expected a character that GB18030 has a code for");
  }
  return code;
};

/** Codes above 0xFFFF stand for pointers of four-byte codes, the others for two bytes. */
const pushCode = (bytes: number[], code: number): void => {
  if (code > 0xffff) pushFour(bytes, 0x81, code - 0x1_0000);
  else bytes.push(code >> 8, code & 0xff);
};

const pushFour = (bytes: number[], lead: number, pointer: number): void => {
  bytes.push(
    lead + Math.floor(pointer / 12_600),
    0x30 + (Math.floor(pointer / 1_260) % 10),
    0x81 + (Math.floor(pointer / 10) % 126),
    0x30 + (pointer % 10),
  );
};

const makeTable = (): Map<number, number> => {
  const made = new Map<number, number>();
  const decoder = new TextDecoder("gb18030");
  // The first code of a character is the one to write: the later ones are for reading old text.
  const learn = (bytes: readonly number[], code: number): void => {
    const text = decoder.decode(Uint8Array.from(bytes));
    const point = text.codePointAt(0)!;
    if (text.length === 1 && point >= 0x80 && point !== 0xfffd && !made.has(point)) {
      made.set(point, code);
    }
  };
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail !== 0x7f) learn([lead, trail], lead * 256 + trail);
    }
  }
  const four: number[] = [];
  for (let pointer = 0; pointer <= LAST_BASIC_POINTER; pointer++) {
    four.length = 0;
    pushFour(four, 0x81, pointer);
    learn(four, 0x1_0000 + pointer);
  }
  // The replacement character is what an undecodable code looks like; its own code is known.
  made.set(0xfffd, 0x1_0000 + 39_417);
  return made;
};
