import { setTimeout as sleep } from "node:timers/promises";
import { CommandError, command } from "@org/command";
import { EmrtdError } from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import {
  CHIP_FAULTS,
  createVirtualChip,
  parseChipFault,
  type VirtualChip,
} from "@org/emrtd-core/testing";
import { openVpcdCard } from "@org/transports/node/vpcd";
import { personaliseFolder } from "../chips/folder.js";
import { checkProfile, personaliseProfile } from "../chips/simulator.js";
import { platformRandom } from "../random.js";

/** How long a reader that is not there, or no longer, is dialled again. */
const REDIAL_MS = 10_000;

export const chip = command({
  name: "chip",
  summary: "Lays a virtual chip into a virtual reader: any PC/SC program can read it",
  flags: {
    profile: { type: "text", value: "PROFILE", help: "a document of the simulator" },
    dir: {
      type: "text",
      value: "DIR",
      help: "a document made from files, private keys beside them",
    },
    vpcd: { type: "text", value: "HOST:PORT", required: true, help: "where the reader listens" },
    fault: {
      type: "text",
      value: "FAULT",
      many: true,
      help: `what goes wrong: ${Object.values(CHIP_FAULTS)
        .map(({ form }) => form)
        .join(", ")}`,
    },
  },
  details: `
Faults:
${Object.values(CHIP_FAULTS)
  .map(({ form, meaning }) => `  ${form}\n      ${meaning}`)
  .join("\n")}

Runs until it is ended. In two terminals:

  emrtd read --chip vpcd:35963 --document-number L898902C3 --birth 740812 --expiry 340415 --csca sim
  emrtd chip --profile pace-cam --vpcd 127.0.0.1:35963`,
  async run({ flags, output, signal }) {
    const { host, port } = parseAddress(flags.vpcd);
    const made = await personalisationOf(flags.profile, flags.dir);
    const virtual = createVirtualChip(made, {
      crypto: nodeCrypto,
      random: platformRandom,
      faults: flags.fault.map(parseChipFault),
    });
    for (;;) {
      const card = await openVpcdCard((bytes) => answer(virtual, bytes), {
        host,
        port,
        redialMs: REDIAL_MS,
        signal,
        onPower: () => virtual.reset(),
        onReader: (event) => output.line({ reader: event }, `reader ${event}`),
      });
      const ended = await card.closed;
      if (!ended || signal.aborted) return;
      if (!leftTheField(ended)) throw ended;
      output.note(`the chip left the field; back in ${AWAY_MS / 1_000} s`);
      await sleep(AWAY_MS, undefined, { signal });
      virtual.reset();
    }
  },
});

/** How long a chip with the fault `tag-lost` stays away. */
const AWAY_MS = 1_000;

const leftTheField = ({ cause }: Error): boolean =>
  cause instanceof EmrtdError && cause.code === "TRANSPORT_FAILED";

const answer = async (chip: VirtualChip, command: Uint8Array): Promise<Uint8Array> => {
  const said = chip.receive(command);
  if (chip.delay > 0) await sleep(chip.delay);
  return said;
};

const personalisationOf = (profile: string | undefined, dir: string | undefined) => {
  if ((profile === undefined) === (dir === undefined)) {
    throw new CommandError("USAGE", "expected --profile or --dir, found both or neither");
  }
  return dir === undefined ? personaliseProfile(checkProfile(profile!)) : personaliseFolder(dir);
};

const parseAddress = (text: string): { host: string; port: number } => {
  const colon = text.lastIndexOf(":");
  const [host, port] = [text.slice(0, colon), text.slice(colon + 1)];
  if (colon < 1 || !/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new CommandError("USAGE", `expected HOST:PORT for --vpcd, found ${JSON.stringify(text)}`);
  }
  return { host: host.replace(/^\[(.*)\]$/, "$1"), port: Number(port) };
};
