import type { ApduTransport } from "../apdu-transport.js";
import { createCardSlot } from "../card-slot.js";
import type { Channel, CloseInfo, Frame } from "../channel.js";
import { TransportError } from "../errors.js";
import { createExchangeGate } from "../exchange.js";
import { DEFAULT_ATR } from "../memory/memory-transport.js";
import { type ApduFraming, rawApduFraming } from "./framing.js";

export interface RelayTransportOptions {
  readonly framing?: ApduFraming;
  /** Given every frame that carries no APDU. Without it such a frame ends the relay. */
  readonly onOther?: (frame: Frame) => void;
}

/**
 * The reader's end of a relay: the card is at the far end of a channel. The channel is this relay's
 * from now on: it reads all that comes and closes it with itself.
 *
 * An answer that nobody asked for, or a frame that nobody understands, is a fault of the far end: the
 * channel is closed with 1002 and what runs ends with `FRAME_UNEXPECTED`.
 */
export const createRelayTransport = (
  channel: Channel,
  options: RelayTransportOptions = {},
): ApduTransport => {
  const framing = options.framing ?? rawApduFraming;
  const gate = createExchangeGate("relay");
  const slot = createCardSlot();
  slot.set({ atr: DEFAULT_ATR });
  let owed: { resolve(answer: Uint8Array): void; reject(error: TransportError): void } | undefined;

  let ended = false;

  const pump = async () => {
    for await (const frame of channel) {
      const apdu = framing.unwrap(frame);
      if (apdu && owed) {
        owed.resolve(apdu);
        owed = undefined;
      } else if (!apdu && options.onOther) {
        options.onOther(frame);
      } else {
        const what = apdu ? "an answer that nobody asked for" : "a frame that is no APDU";
        end(new TransportError("FRAME_UNEXPECTED", `expected answers to commands, found ${what}`));
        void channel.close(1002, "unexpected frame");
        return;
      }
    }
    end(removed(await channel.closed));
  };
  const end = (error: TransportError) => {
    if (ended) return;
    ended = true;
    slot.end();
    owed?.reject(error);
    owed = undefined;
  };
  pump().catch((cause) => {
    end(new TransportError("FRAME_INVALID", "the framing cannot read what came", { cause }));
    void channel.close(1002, "unreadable frame");
  });

  const exchange = (command: Uint8Array): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (!slot.card) {
        reject(new TransportError("CARD_ABSENT", "expected a far end, the channel has ended"));
        return;
      }
      owed = { resolve, reject };
      channel.send(framing.wrap(new Uint8Array(command))).catch((error: unknown) => {
        // That the channel has ended is told by the pump, with how.
        if (error instanceof TransportError && error.code === "TRANSPORT_CLOSED") return;
        owed = undefined;
        reject(error);
      });
    });

  return {
    get card() {
      return slot.card;
    },
    get closed() {
      return gate.closed || ended;
    },
    onCard: slot.onCard,
    transceive: (command, { signal } = {}) => gate.run(signal, () => exchange(command)),
    async close() {
      if (!gate.close()) return;
      await channel.close(1000, "");
    },
  };
};

const removed = ({ by, code, reason }: CloseInfo): TransportError => {
  const why = reason === "" ? `code ${code}` : `code ${code}, ${reason}`;
  return new TransportError("CARD_REMOVED", `the channel to the card has ended by ${by}: ${why}`);
};
