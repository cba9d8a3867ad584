import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { toJson } from "@org/command";
import type { OpenTranscript } from "./sessions.js";

/** Writes a file of lines for each session into a folder; what cannot be written ends no session. */
export const transcriptFolder = async (
  folder: string,
): Promise<{ readonly transcript: OpenTranscript }> => {
  await mkdir(folder, { recursive: true });
  return {
    transcript: (sessionId) => {
      const file = createWriteStream(join(folder, `${sessionId}.jsonl`), { mode: 0o600 });
      file.on("error", () => {});
      return {
        write: (entry) => void file.write(`${toJson(entry)}\n`),
        close: () => void file.end(),
      };
    },
  };
};
