import { command, EXIT } from "@org/command";
import { parseMrz } from "@org/emrtd-core";
import type { Reader } from "@org/sinosecu-ws-client";
import { chipVerifier, PROVE_FLAGS } from "../prove.js";
import { SERVICE_FLAGS, withReader } from "../service.js";
import { documentAnswer, documentText } from "../show-document.js";

export const watch = command({
  name: "watch",
  summary: "Tells what happens on the reader, a line for each event, until it is stopped",
  flags: {
    ...SERVICE_FLAGS,
    ...PROVE_FLAGS,
    out: { type: "text", value: "DIR", help: "folder to save images and chip files in" },
    count: { type: "number", value: "N", min: 1, help: "end after so many documents" },
  },
  async run({ flags, output, signal }) {
    const verifyChip = await chipVerifier(flags);
    await withReader(
      flags,
      signal,
      async (reader) => {
        let said = Promise.resolve();
        const say = (make: () => Promise<readonly [object, string]>): Promise<void> => {
          // In the order of what happened, however long saving takes.
          said = said.then(async () => output.line(...(await make())));
          return said;
        };
        listen(reader, say);
        await new Promise<void>((resolve, reject) => {
          let left = flags.count ?? Number.POSITIVE_INFINITY;
          reader.on("document", (document) => {
            say(async () => {
              const answer = await documentAnswer(document, flags.out);
              return [{ event: "document", ...answer }, documentText(answer, output)];
            })
              .then(() => {
                left -= 1;
                if (left <= 0) resolve();
              })
              .catch(reject);
          });
          signal.addEventListener("abort", () => resolve(), { once: true });
        });
      },
      {
        reconnect: true,
        parseMrz,
        ...(verifyChip ? { verifyChip } : {}),
        onUnreachable: (why) => output.note(`trying again: ${(why as Error).message}`),
      },
    );
    return EXIT.yes;
  },
});

type Say = (make: () => Promise<readonly [object, string]>) => Promise<void>;

const listen = (reader: Reader, say: Say): void => {
  const tell = (value: object, text: string): void => {
    void say(async () => [value, text]);
  };
  tell({ event: "status", ...reader.status }, statusText(reader.status));
  reader.on("status", (status) => tell({ event: "status", ...status }, statusText(status)));
  reader.on("card", ({ card }) => tell({ event: "card", card }, `card ${card}`));
  reader.on("message", (message) =>
    tell({ event: "message", ...message }, `${message.reason}: ${message.text}`),
  );
  reader.on("uncertain", ({ part, reason }) =>
    tell({ event: "uncertain", part: part.kind, reason }, `uncertain ${part.kind}: ${reason}`),
  );
  reader.on("protocol-error", ({ code, message }) =>
    tell({ event: "protocol-error", code, message }, `${code}: ${message}`),
  );
};

const statusText = ({ connection, device }: Reader["status"]): string =>
  connection === "open" ? `reader ${device}` : `service ${connection}`;
