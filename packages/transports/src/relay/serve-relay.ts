import type { ApduTransport } from "../apdu-transport.js";
import type { Channel, CloseInfo, Frame } from "../channel.js";
import { asTransportError, TransportError } from "../errors.js";
import { onAbort, throwIfAborted } from "../signal.js";
import { type ApduFraming, rawApduFraming } from "./framing.js";

export interface ServeRelayOptions {
  readonly framing?: ApduFraming;
  /** Given every frame that carries no APDU. Without it such a frame ends the relay with 1002. */
  readonly onOther?: (frame: Frame) => void;
  /**
   * What to answer for the card where it cannot be reached, say 6F00; undefined ends the relay.
   * Default: the relay ends with close code 1011 and the error's code as the reason.
   */
  readonly onFailure?: (error: TransportError) => Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The card's end of a relay: takes commands from a channel, one at a time, and gives the answers back.
 * Reads the channel until it ends, and closes it where the relay cannot go on. The transport is left
 * open: it is the caller's.
 *
 * @returns how the channel ended.
 * @throws TransportError `RELAY_FAILED` where the card could not be reached, with the cause;
 * `FRAME_UNEXPECTED`, `TRANSPORT_ABORTED`.
 */
export const serveRelay = async (
  channel: Channel,
  transport: Pick<ApduTransport, "transceive">,
  options: ServeRelayOptions = {},
): Promise<CloseInfo> => {
  const framing = options.framing ?? rawApduFraming;
  const stopListening = onAbort(options.signal, () => void channel.close(1001, "aborted"));
  // Nobody waits for the card any longer once the channel has ended, by whomever.
  const ended = new AbortController();
  void channel.closed.then(() => ended.abort());
  /** Undefined where nobody is there to be answered. */
  const answerFor = async (command: Uint8Array): Promise<Uint8Array | undefined> => {
    try {
      return await transport.transceive(command, { signal: ended.signal });
    } catch (error) {
      if (ended.signal.aborted) return undefined;
      const failure = asTransportError(error, "CARD_FAILED", "expected an answer from the card");
      const answer = options.onFailure?.(failure);
      if (answer) return answer;
      await channel.close(1011, failure.code);
      throw new TransportError("RELAY_FAILED", `the card could not be reached: ${failure.code}`, {
        cause: failure,
      });
    }
  };
  try {
    for await (const frame of channel) {
      const command = framing.unwrap(frame);
      if (command) {
        const answer = await answerFor(command);
        if (answer) await sendUnlessEnded(channel, framing.wrap(answer));
      } else if (options.onOther) {
        options.onOther(frame);
      } else {
        await channel.close(1002, "unexpected frame");
        throw new TransportError("FRAME_UNEXPECTED", "expected a command, found another frame");
      }
    }
    throwIfAborted(options.signal);
    return await channel.closed;
  } finally {
    stopListening();
  }
};

/** The far end may leave while the card thinks: then there is nobody to answer. */
const sendUnlessEnded = async (channel: Channel, frame: Frame): Promise<void> => {
  try {
    await channel.send(frame);
  } catch (error) {
    if (!(error instanceof TransportError && error.code === "TRANSPORT_CLOSED")) throw error;
  }
};
