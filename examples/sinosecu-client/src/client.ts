import { type ErrorTable, group, lazy } from "@org/command";

export const client = group({
  name: "sinosecu-client",
  summary: "Asks and watches the service of a Sinosecu passport reader",
  commands: [
    lazy("info", "says what the reader is", async () => (await import("./commands/info.js")).info),
    lazy("set", "switches a setting", async () => (await import("./commands/set.js")).set),
    lazy(
      "image",
      "takes images of the document on the reader",
      async () => (await import("./commands/image.js")).image,
    ),
    lazy(
      "trigger",
      "reads the document that lies there",
      async () => (await import("./commands/trigger.js")).trigger,
    ),
    lazy(
      "constant",
      "gives a sentence of the service",
      async () => (await import("./commands/constant.js")).constant,
    ),
    lazy(
      "batch",
      "asks several questions at once",
      async () => (await import("./commands/batch.js")).batch,
    ),
    lazy(
      "watch",
      "tells what happens on the reader",
      async () => (await import("./commands/watch.js")).watch,
    ),
    lazy(
      "proxy",
      "lets pages of certain origins in, and no others",
      async () => (await import("./commands/proxy.js")).proxy,
    ),
  ],
});

/** Error tables of the packages in use: the side at fault decides the exit status. */
export const errorTables = async (): Promise<readonly ErrorTable[]> => [
  (await import("@org/sinosecu-ws-client")).SINOSECU_ERRORS,
  (await import("@org/transports")).TRANSPORT_ERRORS,
];
