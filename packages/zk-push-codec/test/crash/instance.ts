import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { SN } from "./home.js";

/** A server in a process of its own, and connections to it. */
export interface Instance {
  /** Sends one body of attendance; true when the server said OK. */
  upload(body: string): Promise<boolean>;
  /** Asks for commands. @returns their ids. */
  poll(): Promise<readonly string[]>;
  kill(): Promise<void>;
}

export const startInstance = async (
  home: string,
  lying: boolean,
  sockets: number,
): Promise<Instance> => {
  const script = fileURLToPath(new URL("server.ts", import.meta.url));
  const args = ["--conditions=@org/source", "--import", "tsx", script, home];
  const child = spawn(process.execPath, lying ? [...args, "lying"] : args, {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once("data", (line: Buffer) => resolve(Number(line.toString())));
    child.once("exit", () => reject(new Error("the server did not start")));
  });
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });

  /** The answer, as far as it came with status 200. */
  const ask = (method: string, path: string, body = ""): Promise<string | undefined> =>
    new Promise((resolve) => {
      const headers = { "Content-Length": body.length };
      const options = { port, agent, host: "127.0.0.1", method, path: `/iclock/${path}`, headers };
      const sent = request(options, (response) => {
        let text = "";
        response.on("data", (part) => {
          text += part;
        });
        response.on("end", () => resolve(response.statusCode === 200 ? text : undefined));
        response.on("error", () => resolve(undefined));
      });
      sent.on("error", () => resolve(undefined));
      sent.end(body);
    });
  return {
    async upload(body) {
      const answer = await ask("POST", `cdata?SN=${SN}&table=ATTLOG&Stamp=9999`, body);
      return answer?.startsWith("OK") === true;
    },
    async poll() {
      const answer = (await ask("GET", `getrequest?SN=${SN}`)) ?? "";
      return [...answer.matchAll(/^C:(\w+):/gm)].map(([, id]) => id!);
    },
    async kill() {
      await new Promise<void>((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGKILL");
      });
      agent.destroy();
    },
  };
};
