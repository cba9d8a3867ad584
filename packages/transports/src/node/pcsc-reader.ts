import { abortedError, TransportError } from "../errors.js";
import {
  type PcscBinding,
  type PcscCard,
  type PcscContext,
  type PcscReaderHandle,
  type PcscReaderState,
  pcscError,
  SCARD,
} from "./pcsc-binding.js";

/** One wait is this long at most: a wait that has not begun cannot be cancelled, but it ends. */
export const WAIT_MS = 500;

export const openContext = (binding: PcscBinding): PcscContext => {
  try {
    return new binding.Context();
  } catch (cause) {
    throw pcscError(cause, "opening a context");
  }
};

export const listReaders = (context: PcscContext): PcscReaderHandle[] => {
  try {
    return context.listReaders();
  } catch (cause) {
    throw pcscError(cause, "listing the readers");
  }
};

export const holdsCard = (reader: { readonly state: number }): boolean =>
  (reader.state & SCARD.STATE_PRESENT) !== 0;

/**
 * The readers that are meant: by number in the list; by name, whole or else in part, of either case;
 * or all of them.
 *
 * @throws TransportError `PCSC_NO_READER` where there is none.
 */
export const selectReaders = (
  readers: readonly PcscReaderHandle[],
  wanted: string | number | undefined,
): PcscReaderHandle[] => {
  const selected = readers.filter(({ name }, index) =>
    typeof wanted === "string" ? name === wanted : wanted === undefined || index === wanted,
  );
  if (selected.length === 0 && typeof wanted === "string") {
    const part = wanted.toLowerCase();
    selected.push(...readers.filter(({ name }) => name.toLowerCase().includes(part)).slice(0, 1));
  }
  if (selected.length > 0) return selected;
  const which = wanted === undefined ? "a reader" : `reader ${JSON.stringify(wanted)}`;
  const names = readers.map(({ name }) => name).join(", ") || "none";
  throw new TransportError("PCSC_NO_READER", `expected ${which}, found ${names}`);
};

/** Waits for a card in one of these readers; resolves with the name of the reader that has it. */
export const waitForCardIn = async (
  context: PcscContext,
  readers: readonly PcscReaderHandle[],
  signal: AbortSignal | undefined,
): Promise<string> => {
  let states: readonly PcscReaderState[] = readers;
  for (;;) {
    if (signal?.aborted) throw abortedError(signal);
    const found = states.find(holdsCard);
    if (found) return found.name;
    const next = await nextStates(context, states);
    states = next.length > 0 ? next : states;
  }
};

/** The states after the next change, or none after {@link WAIT_MS} without one. */
export const nextStates = async (
  context: PcscContext,
  known: readonly PcscReaderState[],
): Promise<readonly PcscReaderState[]> => {
  // The flag that something changed is an answer, and no part of a state.
  const states = known.map(({ name, state, atr }) => ({
    name,
    state: state & ~SCARD.STATE_CHANGED,
    atr,
  }));
  try {
    return (await context.waitForChange(states, WAIT_MS)) ?? [];
  } catch (cause) {
    throw pcscError(cause, "waiting for a card");
  }
};

/** A connection to one card, with a context of its own. */
export interface PcscConnection {
  readonly card: PcscCard;
  release(): void;
}

/** @throws TransportError `PCSC_NO_SERVICE`, `PCSC_NO_READER`, `CARD_ABSENT`, `PCSC_SHARING`. */
export const connectCard = async (
  binding: PcscBinding,
  name: string,
  exclusive: boolean,
): Promise<PcscConnection> => {
  const context = openContext(binding);
  try {
    const [reader] = selectReaders(listReaders(context), name);
    const mode = exclusive ? SCARD.SHARE_EXCLUSIVE : SCARD.SHARE_SHARED;
    const card = await reader!.connect(mode, SCARD.PROTOCOL_ANY);
    return {
      card,
      release() {
        try {
          card.disconnect(SCARD.LEAVE_CARD);
        } catch {
          // The card is gone already, and so is the connection to it.
        }
        context.close();
      },
    };
  } catch (cause) {
    context.close();
    const error = pcscError(cause, "connecting to the card");
    // Nothing was going on that the card could have been pulled from.
    if (error.code !== "CARD_REMOVED") throw error;
    throw new TransportError("CARD_ABSENT", error.message, { cause });
  }
};

/** Whether the reader is empty now, or says so within a moment: the service looks only so often. */
export const cardIsGone = async (binding: PcscBinding, name: string): Promise<boolean> => {
  let context: PcscContext | undefined;
  try {
    context = openContext(binding);
    let states: readonly PcscReaderState[] = selectReaders(listReaders(context), name);
    for (let tries = 0; tries < 2 && states.every(holdsCard); tries++) {
      const next = await nextStates(context, states);
      states = next.length > 0 ? next : states;
    }
    return !states.every(holdsCard);
  } catch {
    // Without its reader or its service the card is out of reach as well.
    return true;
  } finally {
    context?.close();
  }
};
