import { createServer } from "node:http";
import { command, LISTEN_FLAGS, listen, untilAborted } from "@org/command";
import { decideHandshake, relay } from "@org/sinosecu-ws-client";
import { acceptWebSockets } from "@org/transports/node/websocket";
import { SERVICE_FLAGS, serviceOpener } from "../service.js";

export const proxy = command({
  name: "proxy",
  summary: "Stands before the service and lets pages of certain origins in, and no others",
  flags: {
    ...SERVICE_FLAGS,
    ...LISTEN_FLAGS,
    port: { ...LISTEN_FLAGS.port, default: 9091 },
    "allow-origin": {
      type: "text",
      value: "ORIGIN",
      many: true,
      required: true,
      help: "a page's scheme, host and port, such as https://desk.example",
    },
  },
  details: `One page at a time: the service splits its events between two.
It protects only where pages cannot reach the service's own port: see to that by a firewall.`,
  async run({ flags, output, signal }) {
    const open = await serviceOpener(flags);
    const policy = { allow: flags["allow-origin"] };
    const server = createServer((_, response) => {
      response.writeHead(426, { Connection: "close" }).end();
    });
    const acceptor = acceptWebSockets(server, {
      maxConnections: 1,
      decide: ({ path, origin, headers }) => {
        const decision = decideHandshake({ path, origin, host: headers.host }, policy);
        if (!decision.accept) output.note(`refused: ${decision.reason}`);
        return { status: decision.accept ? 101 : decision.status };
      },
      onChannel: async (page) => {
        try {
          const service = await open();
          const end = await relay(page, service, {
            log: (side, line) => output.note(`${side}: ${line}`),
          });
          output.note(`ended by ${end.by}, ${end.close.code} ${end.close.reason}`.trimEnd());
        } catch {
          output.note("the service cannot be reached");
          await page.close(1013, "SERVICE_UNREACHABLE");
        }
      },
    });
    await listen(server, output, flags);
    await untilAborted(signal);
    await acceptor.close();
    server.close();
    server.closeAllConnections();
  },
});
