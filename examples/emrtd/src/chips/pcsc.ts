import { waitForCard } from "@org/transports";
import { openPcsc } from "@org/transports/node/pcsc";
import { platformRandom } from "../random.js";
import type { OpenChip, OpenChipContext } from "./index.js";
import { waitingFor } from "./waiting.js";

/** Time for the document to be laid on the reader. */
const WAIT_MS = 30_000;

/** A document on a card reader of this machine, through the system's PC/SC service. */
export const openPcscChip = async (
  reader: string,
  { note, signal }: OpenChipContext,
): Promise<OpenChip> => {
  const transport = await waitingFor(WAIT_MS, signal, (ended) =>
    openPcsc({
      binding: () => import("smartcard"),
      ...(reader === "" ? {} : { reader: /^\d+$/.test(reader) ? Number(reader) : reader }),
      waitForCard: true,
      signal: ended,
    }),
  );
  note(`reading on ${transport.reader}`);
  return {
    label: transport.reader,
    transceive: (command) => transport.transceive(command, { signal }),
    random: platformRandom,
    returned: () =>
      waitingFor(WAIT_MS, signal, async (ended) => {
        await waitForCard(transport, { signal: ended });
      }),
    close: () => transport.close(),
  };
};
