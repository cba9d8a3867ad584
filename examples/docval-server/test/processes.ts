import { type ChildProcess, spawn } from "node:child_process";

/** A command that runs in a process of its own, and listens. */
export interface Running {
  readonly url: string;
  readonly child: ChildProcess;
  /** Standard output after the first line, and standard error. */
  readonly text: { out: string; err: string };
  readonly exit: Promise<number | null>;
}
const running: Running[] = [];

/** Starts a command that listens and waits for its word. */
export const start = (name: string, ...words: string[]): Promise<Running> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        "--conditions=@org/source",
        "--import",
        "tsx",
        `examples/${name}/src/main.ts`,
        ...words,
        "--port",
        "0",
        "--json",
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    const text = { out: "", err: "" };
    const exit = new Promise<number | null>((done) => child.on("exit", done));
    child.stderr.on("data", (chunk: Buffer) => {
      text.err += chunk;
    });
    child.stdout.on("data", (chunk: Buffer) => {
      text.out += chunk;
      const end = text.out.indexOf("\n");
      if (end < 0 || !text.out.startsWith('{"listening"')) return;
      const { listening: url } = JSON.parse(text.out.slice(0, end)) as { listening: string };
      text.out = text.out.slice(end + 1);
      const started = { url, child, text, exit };
      running.push(started);
      resolve(started);
    });
    void exit.then((code) => reject(new Error(`${name} ended with ${code}: ${text.err}`)));
  });

/** Leaves nothing behind, whatever became of a test. */
export const killAll = (): void => {
  for (const { child } of running) child.kill("SIGKILL");
};
