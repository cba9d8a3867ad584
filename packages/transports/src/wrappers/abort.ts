import type { ApduTransport } from "../apdu-transport.js";
import { abortedError } from "../errors.js";
import { onAbort } from "../signal.js";

/**
 * Binds every exchange to one more signal, say the one of a whole session: once it fires, what runs
 * ends and what comes is refused with `TRANSPORT_ABORTED`. The transport below stays open.
 */
export const withSignal = (transport: ApduTransport, session: AbortSignal): ApduTransport => ({
  get card() {
    return transport.card;
  },
  get closed() {
    return transport.closed;
  },
  onCard: (listener) => transport.onCard(listener),
  close: () => transport.close(),
  async transceive(command, { signal } = {}) {
    if (session.aborted) throw abortedError(session);
    const either = new AbortController();
    const links = [session, signal].map((one) => onAbort(one, () => either.abort(one?.reason)));
    try {
      return await transport.transceive(command, { signal: either.signal });
    } finally {
      for (const stopListening of links) stopListening();
    }
  },
});
