import { waitForCard } from "@org/transports";
import { openVpcdCard, openVpcdReader } from "@org/transports/node/vpcd";
import type { Contest } from "../harness.js";
import { openEcho } from "./echo.js";

/** The header of a frame. */
const HEADER = 2;

/** Our reader and our card, joined by a socket, in one process; against the same bytes unread. */
export const vpcdExchange =
  (command: number, response: number, atMost: number) => async (): Promise<Contest> => {
    const reader = await openVpcdReader({ port: 0 });
    const answer = new Uint8Array(response);
    await openVpcdCard(() => answer, { port: reader.port });
    await waitForCard(reader);
    const bytes = new Uint8Array(command);
    return {
      title: `one exchange of ${command} and ${response} bytes`,
      baseline: "bare socket and echo",
      contestants: {
        "bare socket and echo": await openEcho(HEADER + command, HEADER + response),
        "vpcd reader and card": async () => {
          const { length } = await reader.transceive(bytes);
          if (length !== response) throw new Error("expected the whole answer");
        },
      },
      budgets: [{ contestant: "vpcd reader and card", atMost }],
    };
  };
