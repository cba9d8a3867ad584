import { CommandError } from "@org/command";
import { waitForCard } from "@org/transports";
import { openVpcdReader } from "@org/transports/node/vpcd";
import { platformRandom } from "../random.js";
import type { OpenChip, OpenChipContext } from "./index.js";
import { waitingFor } from "./waiting.js";

/** Time for a card to dial in. */
const WAIT_MS = 30_000;
const DEFAULT_PORT = 35_963;

/** A virtual card that dials in to us: a reader without any PC/SC service. */
export const openVpcdChip = async (
  port: string,
  { note, signal }: OpenChipContext,
): Promise<OpenChip> => {
  if (!/^\d{0,5}$/.test(port) || Number(port) > 65_535) {
    throw new CommandError(
      "USAGE",
      `expected vpcd[:PORT] for --chip, found ${JSON.stringify(port)}`,
    );
  }
  const reader = await openVpcdReader({ port: port === "" ? DEFAULT_PORT : Number(port) });
  const card = () =>
    waitingFor(WAIT_MS, signal, async (ended) => {
      await waitForCard(reader, { signal: ended });
    });
  try {
    note(`waiting for a virtual card at ${reader.host}:${reader.port}`);
    await card();
  } catch (error) {
    await reader.close();
    throw error;
  }
  return {
    label: "a virtual card",
    transceive: (command) => reader.transceive(command, { signal }),
    random: platformRandom,
    returned: card,
    close: () => reader.close(),
  };
};
