import { type ErrorTable, group, lazy } from "@org/command";

export const mdsClient = group({
  name: "mds-client",
  summary:
    "Finds biometric devices on this machine, captures with them, and judges what they answer",
  details: `
Exit status 0: done, and authentic where there is something to prove; 1: not proved, or no such device; 3: nobody
there. Without --trust nothing is proved.`,
  commands: [
    lazy(
      "discover",
      "looks for devices, and says why a port has none",
      async () => (await import("./commands/discover.js")).discover,
    ),
    lazy("info", "asks a device what it is", async () => (await import("./commands/info.js")).info),
    lazy(
      "capture",
      "captures for authentication",
      async () => (await import("./commands/capture.js")).capture,
    ),
    lazy(
      "rcapture",
      "captures for registration",
      async () => (await import("./commands/capture.js")).rcapture,
    ),
    lazy(
      "stream",
      "shows the preview of a registration",
      async () => (await import("./commands/stream.js")).stream,
    ),
    lazy(
      "register",
      "registers a device with a device server",
      async () => (await import("./commands/register.js")).register,
    ),
    lazy(
      "deregister",
      "takes a device off its device server",
      async () => (await import("./commands/register.js")).deregister,
    ),
    lazy(
      "page",
      "serves a web page that does the same",
      async () => (await import("./commands/page.js")).page,
    ),
  ],
});

/** Error tables of the packages in use: the side at fault decides the exit status. */
export const errorTables = async (): Promise<readonly ErrorTable[]> => [
  (await import("@org/mosip-mds-types")).MDS_ERRORS,
  (await import("@org/transports")).TRANSPORT_ERRORS,
];
