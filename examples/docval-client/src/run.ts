import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import {
  CommandError,
  EXIT,
  type ExitCode,
  type Output,
  printable,
  toJson,
  writeWholeFile,
} from "@org/command";
import { type ClientReport, type EmrtdPassport, type JsonObject, v2 } from "@org/docval-protocol";
import { type ClientProfileName, clientProfile } from "@org/docval-protocol/testing";
import { openChip } from "@org/example-emrtd/chips";
import { type PasswordFlagValues, passwordOf } from "@org/example-emrtd/passwords";
import { TransportError } from "@org/transports";
import { verifyByServer, versionOf } from "./client.js";

/** What the command line says. */
interface RunContext {
  readonly flags: PasswordFlagValues & {
    readonly url: string;
    readonly "client-id": string;
    readonly "validation-id": string | undefined;
    readonly chip: string;
    readonly as: string;
    readonly result: boolean;
    readonly diagnostics: boolean;
    readonly "short-apdus": boolean;
    readonly authorization: string | undefined;
    readonly ca: string | undefined;
    readonly transcript: string | undefined;
  };
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** One document, to its end. */
export const run = async ({ flags, output, signal }: RunContext): Promise<ExitCode> => {
  const as = flags.as as ClientProfileName;
  checkUrl(flags.url, as);
  const given = passwordOf(flags);
  const ca = flags.ca === undefined ? {} : { ca: await readFile(flags.ca) };
  const chip = await openChip(flags.chip, { note: (text) => output.note(text), signal });
  const lines: string[] = [];
  try {
    const password = given ?? chip.password;
    if (password === undefined) {
      throw usage("--document-number, --birth and --expiry, or --mrz, or --can", "no key");
    }
    if (given === undefined) output.note(`the key is that of ${chip.label}`);
    const report = await verifyByServer({
      url: flags.url,
      clientId: flags["client-id"],
      validationId: flags["validation-id"] ?? randomUUID(),
      transceive: chip.transceive,
      password,
      as,
      result: flags.result,
      diagnostics: flags.diagnostics,
      extendedLength: !flags["short-apdus"],
      ...(flags.authorization === undefined ? {} : { authorization: flags.authorization }),
      ...ca,
      onEvent(event) {
        if (event.type === "step") output.progress(event.step);
      },
      onTranscript: (entry) => void lines.push(`${toJson(entry)}\n`),
      signal,
    });
    output.result(documentOf(report), textOf(report, output));
    return isProved(report) ? EXIT.yes : EXIT.no;
  } catch (error) {
    throw explained(error);
  } finally {
    // What passed in a session that failed is the transcript that is wanted most.
    if (flags.transcript !== undefined) {
      await writeWholeFile(flags.transcript, lines.join(""), 0o600);
    }
    await chip.close();
  }
};

const usage = (expected: string, found: string): CommandError =>
  new CommandError("USAGE", `expected ${expected}, found ${found}`);

/** A server that turns us away was reached; one that is full or about to end is as good as not there. */
const explained = (error: unknown): unknown =>
  error instanceof TransportError && error.code === "HANDSHAKE_REFUSED" && error.status !== 503
    ? new CommandError(error.code, error.message, EXIT.no)
    : error;

const checkUrl = (text: string, as: ClientProfileName): void => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "ws:" && url?.protocol !== "wss:") {
    throw usage("a ws:// or wss:// URL for --url", "another");
  }
  const version = versionOf(url);
  if (version === undefined) {
    throw usage("/ws1/validate or /ws2/validate at the end of the path of --url", url.pathname);
  }
  if (!clientProfile(as).versions.includes(version)) {
    throw usage(`a client of version ${version} for --as`, as);
  }
};

/** Whether all is done, and, where the result is known, nothing in it speaks against the document. */
const isProved = ({ close, result }: ClientReport): boolean =>
  close.posted && (result === undefined || isAuthentic(result));

const isAuthentic = (passport: EmrtdPassport): boolean =>
  passport.passiveAuthentication &&
  passport.chipAuthenticationResult !== "FAILED" &&
  passport.activeAuthenticationResult !== "FAILED";

/** The result as RESULT spells it, whichever version it came by. */
const documentOf = ({ close, result }: ClientReport): object => ({
  close,
  result:
    result === undefined
      ? null
      : (v2.Result.toJson({ type: "RESULT", passport: result }) as JsonObject)["passport"],
});

const textOf = ({ close, result }: ClientReport, output: Output): string => {
  const end = close.posted
    ? output.style("green", "done: the server has posted the result")
    : output.style("red", `closed by ${close.by}: ${close.code} ${printable(close.reason)}`);
  if (result === undefined) return end;
  const { mrzInfo: mrz, errors } = result;
  return [
    end,
    `  passive authentication  ${result.passiveAuthentication ? "proved" : "not proved"}`,
    `  chip authentication     ${result.chipAuthenticationResult}`,
    `  active authentication   ${result.activeAuthenticationResult}`,
    ...(mrz
      ? [
          `  document                ${printable(`${mrz.documentCode} ${mrz.issuingState} ${mrz.documentNumber}`)}`,
          `  holder                  ${printable(`${mrz.primaryIdentifier}, ${mrz.secondaryIdentifier.join(" ")}`)}`,
        ]
      : []),
    ...errors.map((error) => `  ${printable(error)}`),
  ].join("\n");
};
