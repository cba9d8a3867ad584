import { command, LISTEN_FLAGS, untilAborted } from "@org/command";

export const mdsServer = command({
  name: "mds-server",
  summary:
    "Plays the device server: registers devices of 0.8.4, 0.9.2 and 0.9.5, and takes them off",
  flags: {
    ...LISTEN_FLAGS,
    port: { ...LISTEN_FLAGS.port, default: 4700 },
    keys: {
      type: "text",
      value: "DIR",
      help: "keys of mds-keys, in place of the public test keys",
    },
  },
  details: `
Later versions have no registration. What is registered is forgotten at the end, and listed at GET /devices.

  pnpm mds-client register --server http://127.0.0.1:4700
  pnpm mds-device --server http://127.0.0.1:4700`,
  async run({ flags, output, signal }) {
    const { startMdsServer } = await import("./start.js");
    const server = await startMdsServer({
      host: flags.host,
      port: flags.port,
      ...(flags.keys === undefined ? {} : { keys: flags.keys }),
      onRequest: ({ verb, path, status }) => output.note(`${verb} ${path} ${status}`),
    });
    try {
      output.line({ listening: server.url }, `listening on ${server.url}`);
      await untilAborted(signal);
    } finally {
      await server.close();
    }
  },
});
