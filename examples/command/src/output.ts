import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Bytes that may wait for a reader of standard output before lines are left out. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** Where a command speaks: its answer on standard output, everything else on standard error. */
export class Output {
  /** Lines that were left out because nobody read them. */
  dropped = 0;
  #progressShown = false;

  constructor(
    readonly json: boolean,
    private readonly stdout: NodeJS.WriteStream = process.stdout,
    private readonly stderr: NodeJS.WriteStream = process.stderr,
  ) {
    // A reader may go away at any time; what must be done does not wait for it.
    for (const stream of [stdout, stderr]) stream.on("error", () => {});
  }

  /** The answer of the command: one JSON document, or text for a person. */
  result(document: unknown, text: string): void {
    this.clearProgress();
    this.stdout.write(
      this.json ? `${toJson(document)}\n` : text.endsWith("\n") ? text : `${text}\n`,
    );
  }

  /** One entry of a stream of answers; left out where the reader has stopped reading. */
  line(document: unknown, text: string): void {
    if (this.stdout.writableLength > MAX_WAITING_BYTES) {
      this.dropped++;
      return;
    }
    this.result(document, text);
  }

  /** Something worth knowing that is not the answer. */
  note(text: string): void {
    this.clearProgress();
    if (this.stderr.writableLength <= MAX_WAITING_BYTES) this.stderr.write(`${text}\n`);
  }

  /** Rewrites one line of progress; silent where standard error is not a terminal. */
  progress(text: string): void {
    if (!this.stderr.isTTY) return;
    this.stderr.write(`\r\u001b[2K${text}`);
    this.#progressShown = true;
  }

  clearProgress(): void {
    if (!this.#progressShown) return;
    this.stderr.write("\r\u001b[2K");
    this.#progressShown = false;
  }

  /** Colours text where standard output is a terminal and NO_COLOR is not set. */
  style(style: Style, text: string): string {
    return this.stdout.isTTY && !process.env["NO_COLOR"] ? styleText(style, text) : text;
  }
}

/** Characters that a text of somebody else has at most where it is shown. */
const SHOWN = 256;

/** What somebody else wrote, for a terminal: cut, and without characters that would steer it. */
export const printable = (text: string): string =>
  text.slice(0, SHOWN).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "?");

/** JSON on one line; byte strings as hexadecimal, big integers as digits in a string, maps as objects. */
export const toJson = (document: unknown): string =>
  JSON.stringify(document, (_, value: unknown) => {
    if (typeof value === "bigint") return value.toString();
    if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
    if (value instanceof Map) return Object.fromEntries(value);
    return value;
  });

/** Columns of equal width, two spaces apart. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows.reduce<number[]>((all, row) => {
    row.forEach((cell, column) => {
      all[column] = Math.max(all[column] ?? 0, visibleLength(cell));
    });
    return all;
  }, []);
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + " ".repeat(widths[column]! - visibleLength(cell)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
};

const visibleLength = (cell: string): number => cell.replace(/\u001b\[[0-9;]*m/g, "").length;
