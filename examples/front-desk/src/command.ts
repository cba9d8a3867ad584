import { command, LISTEN_FLAGS } from "@org/command";
import { TRUST_FLAGS } from "@org/example-emrtd/flags";
import { FAULT_NAMES } from "./faults.js";

export const frontDesk = command({
  name: "front-desk",
  summary:
    "Receives a visitor: passport on the reader, chip proved, sample captured, person on the time clock",
  details: `
The page is at the URL that is printed. It shows personal data without a login, so it listens on this
machine only. With --simulate whatever is not named by a flag is simulated, each device on a socket of its
own, and the page has hands to lay passports down. Without it the reader's service is looked for at its
usual place, the chip on a card reader, devices at ports 4501 to 4600, and --zk has to be named.

A DocVal server is started for the desk, with the trust flags, unless --docval names one. That one has to
know the desk as --docval-client, post its results to URL/results/docval, and sign them; its public key is
--docval-key. The verdict is taken from nothing else.

  front-desk --simulate
  front-desk --simulate --auto --json
  front-desk --simulate --auto --json --chip sim:cloned`,
  flags: {
    ...LISTEN_FLAGS,
    port: {
      ...LISTEN_FLAGS.port,
      help: "port to listen on, 0 for any free one (default 8088, with --auto 0)",
    },
    simulate: { type: "switch", help: "simulate every device that is not named" },
    auto: { type: "switch", help: "play one visit with simulated devices, and end" },
    fault: {
      type: "text",
      value: "FAULT",
      many: true,
      choices: FAULT_NAMES,
      help: "what is wrong with the page or a simulated device",
    },
    idle: {
      type: "number",
      value: "S",
      min: 10,
      max: 3_600,
      default: 120,
      help: "seconds without anybody doing anything until the visit is forgotten",
    },
    chip: {
      type: "text",
      value: "CHIP",
      group: "stations",
      help: "sim[:PROFILE], dir:DIR, pcsc[:READER] or vpcd[:PORT]",
    },
    sinosecu: {
      type: "text",
      value: "URL",
      group: "stations",
      help: "the passport reader's service",
    },
    mds: {
      type: "text",
      value: "PORTS",
      group: "stations",
      help: "ports of biometric devices: 4501, 4501,4503 or 4501-4600",
    },
    "mds-trust": {
      type: "text",
      value: "CERT|sim",
      many: true,
      group: "stations",
      help: "certificate under which devices and their trust modules are certified",
    },
    modality: {
      type: "text",
      value: "KIND",
      choices: ["face", "finger"],
      group: "stations",
      help: "what the simulated device captures; default face",
    },
    zk: { type: "text", value: "URL", group: "stations", help: "the server of the time clocks" },
    "zk-token": { type: "text", value: "T", group: "stations", help: "its admin token" },
    "zk-terminal": {
      type: "text",
      value: "SN",
      group: "stations",
      help: "the clock; default the first that is approved",
    },
    "pin-key": {
      type: "text",
      value: "FILE",
      group: "stations",
      help: "secret of 16 bytes or more: a visitor who returns keeps his PIN for as long as it is kept (default: made up)",
    },
    docval: {
      type: "text",
      value: "URL",
      group: "docval",
      help: "a DocVal server, ws://.../ws2/validate",
    },
    "docval-client": {
      type: "text",
      value: "ID",
      group: "docval",
      help: "what it knows the desk as; default front-desk",
    },
    "docval-authorization": {
      type: "text",
      value: "TOKEN",
      group: "docval",
      help: "what it wants to be shown",
    },
    "docval-key": {
      type: "text",
      value: "FILE",
      group: "docval",
      help: "what it signs with: the public key, PEM",
    },
    "docval-key-id": {
      type: "text",
      value: "NAME",
      group: "docval",
      help: "what it calls that key; default docval-server",
    },
    "public-url": {
      type: "text",
      value: "URL",
      group: "docval",
      help: "where it reaches the desk, if not at the URL that is printed",
    },
    ...TRUST_FLAGS,
  },
  // Help and wrong flags need none of it.
  run: async (context) => (await import("./run.js")).run(context),
});
