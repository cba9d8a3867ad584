import { command, LISTEN_FLAGS, listen, untilAborted } from "@org/command";

export const page = command({
  name: "page",
  summary: "Serves a web page that finds devices and captures with them, in the browser",
  flags: { ...LISTEN_FLAGS, port: { ...LISTEN_FLAGS.port, default: 4750 } },
  details:
    "The device service must allow the page: pnpm mds-device --allow-origin http://127.0.0.1:4750",
  async run({ flags, output, signal }) {
    const { createPageServer } = await import("../page-server.js");
    output.progress("bundling the page");
    const server = await createPageServer();
    const url = await listen(server, output, flags);
    output.note(`the devices must allow it: pnpm mds-device --allow-origin ${url}`);
    await untilAborted(signal);
    server.close();
    server.closeAllConnections();
  },
});
