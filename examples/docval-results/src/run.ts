import { randomBytes } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  listen,
  type Output,
  printable,
  tellError,
  untilAborted,
  writeWholeFile,
} from "@org/command";
import { createRequestVerifier, importVerificationKey } from "@org/docval-protocol/server";
import { createResultServer } from "./server.js";

/** What the command line says. */
interface RunContext {
  readonly flags: {
    readonly host: string;
    readonly port: number;
    readonly "verify-key": string | undefined;
    readonly "key-id": string;
    readonly "target-uri": string | undefined;
    readonly out: string | undefined;
  };
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Takes results until the signal. */
export const run = async ({ flags, output, signal }: RunContext): Promise<void> => {
  const { out, "target-uri": targetUri } = flags;
  const verify = await verifierOf(flags["verify-key"], flags["key-id"], targetUri);
  if (out !== undefined) await mkdir(out, { recursive: true });
  const { server, close } = createResultServer({
    ...(verify ? { verify } : {}),
    async onResult({ body, refused, ...line }) {
      // The name is ours: what a client calls its validation is no path.
      const name = `${new Date().toISOString().replace(/[:.]/g, "-")}-${randomBytes(4).toString("hex")}.json`;
      if (out !== undefined && refused === undefined) {
        await writeWholeFile(join(out, name), body, 0o600);
      }
      const { validationId, passive, chip, active, verified } = line;
      const proofs = `passive ${passive}, chip ${chip}, active ${active}`;
      const signature = verified === null ? "not looked at" : verified ? "verified" : refused;
      output.line(line, `${printable(validationId ?? "-")}: ${proofs}, signature ${signature}`);
      if (refused !== undefined) output.note(`refused: signature ${refused}`);
    },
    onError(error) {
      const { code, message } = tellError(error);
      output.note(`not taken: ${code}: ${message}`);
    },
  });
  try {
    await listen(server, output, flags);
    await untilAborted(signal);
  } finally {
    await close();
  }
};

const verifierOf = async (
  path: string | undefined,
  keyId: string,
  targetUri: string | undefined,
) => {
  if (path === undefined) return undefined;
  const file = await readFile(path);
  const isPem = file.includes("-----BEGIN");
  const key = await importVerificationKey(isPem ? file.toString("latin1") : file, { keyId });
  return createRequestVerifier({
    keys: [key],
    now: () => new Date(),
    ...(targetUri === undefined ? {} : { targetUri }),
  });
};
