import type { Charset } from "./charset.js";
import type { Diagnostic, Report } from "./diagnostics.js";

/** What a decoder or encoder has to be told of the terminal. */
export interface CodecOptions {
  /** Character set of names and short messages; default UTF-8. See `charsetOf`. */
  readonly charset?: Charset;
  /** Version that both sides speak: what is newer is reported. See `negotiateVersion`. */
  readonly version?: string;
  /** Called for each oddity; default: nobody asks. */
  readonly report?: Report;
}

/** {@link CodecOptions} with every choice made. */
export interface Context {
  readonly charset: Charset;
  readonly version?: string;
  readonly report: Report;
}

export const contextOf = (options: CodecOptions): Context => ({
  charset: options.charset ?? "utf-8",
  report: options.report ?? ignore,
  ...(options.version === undefined ? {} : { version: options.version }),
});

const ignore: Report = () => {};

/** The same context for one line of a body: every oddity names the line. */
export const atLine = (context: Context, line: number): Context => ({
  ...context,
  report: (diagnostic: Diagnostic) => context.report({ line, ...diagnostic }),
});
