/** Exit statuses of every command. */
export const EXIT = {
  yes: 0,
  no: 1,
  usage: 2,
  unreachable: 3,
  defect: 70,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error that a command ends with: a stable code, one line of text, and the exit status. */
export class CommandError extends Error {
  override readonly name = "CommandError";

  constructor(
    readonly code: string,
    message: string,
    readonly exit: ExitCode = EXIT.usage,
  ) {
    super(message);
  }
}

/** How an error is told: what stands behind `error:` and in `{"error":{}}`. */
export interface ToldError {
  readonly code: string;
  readonly message: string;
  readonly exit: ExitCode;
}

/** The side at fault, as the packages name it, and the exit status that follows. */
const EXIT_OF_FAULT: Readonly<Record<string, ExitCode>> = {
  caller: EXIT.usage,
  data: EXIT.usage,
  chip: EXIT.no,
  peer: EXIT.no,
  device: EXIT.no,
  transport: EXIT.unreachable,
};

/** System errors that have a meaning for whoever typed the command. */
const SYSTEM: Readonly<Record<string, { message: string; exit: ExitCode }>> = {
  ENOENT: { message: "no such file or folder", exit: EXIT.usage },
  EISDIR: { message: "expected a file, found a folder", exit: EXIT.usage },
  ENOTDIR: { message: "expected a folder, found a file", exit: EXIT.usage },
  EACCES: { message: "no permission", exit: EXIT.usage },
  EPERM: { message: "no permission", exit: EXIT.usage },
  EADDRINUSE: { message: "the port is in use", exit: EXIT.usage },
  ENOSPC: { message: "no space left", exit: EXIT.usage },
  ECONNREFUSED: { message: "nobody listens there", exit: EXIT.unreachable },
  ECONNRESET: { message: "the other side cut the connection", exit: EXIT.unreachable },
  ENOTFOUND: { message: "no such host", exit: EXIT.unreachable },
  ETIMEDOUT: { message: "no answer in time", exit: EXIT.unreachable },
  EHOSTUNREACH: { message: "the host cannot be reached", exit: EXIT.unreachable },
};

interface ErrorLike {
  readonly code?: unknown;
  readonly message: string;
  readonly cause?: unknown;
  readonly path?: unknown;
  readonly address?: unknown;
  readonly port?: unknown;
}

/** Codes of a package with the side at fault, as each package exports them. */
export type ErrorTable = Readonly<Record<string, { readonly fault: string }>>;

/**
 * Puts any thrown value into one line, a code and an exit status.
 *
 * @param tables of the packages that the command uses: they say whose doing an error is.
 */
export const tellError = (thrown: unknown, tables: readonly ErrorTable[] = []): ToldError => {
  if (thrown instanceof CommandError) return thrown;
  if (!(thrown instanceof Error)) return internal(String(thrown));
  const error: ErrorLike = thrown;
  const { code } = error;
  const table = tables.find((known) => typeof code === "string" && Object.hasOwn(known, code));
  if (typeof code === "string" && table) {
    const exit = EXIT_OF_FAULT[table[code]!.fault] ?? EXIT.defect;
    return { code, message: oneLine(error.message), exit };
  }
  if (typeof code === "string" && SYSTEM[code]) {
    const { message, exit } = SYSTEM[code];
    return { code, message: `${message}${place(error)}`, exit };
  }
  // What fetch and others throw wraps the reason.
  if (error.cause instanceof Error) return tellError(error.cause, tables);
  return internal(error.message);
};

const internal = (message: string): ToldError => ({
  code: "INTERNAL",
  message: `${oneLine(message)} (set DEBUG for the place)`,
  exit: EXIT.defect,
});

const place = ({ path, address, port }: ErrorLike): string => {
  if (typeof path === "string") return `: ${path}`;
  if (typeof address === "string") return `: ${address}${port === undefined ? "" : `:${port}`}`;
  return "";
};

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");
