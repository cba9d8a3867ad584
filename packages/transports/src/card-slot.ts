import type { CardInfo, Unsubscribe } from "./apdu-transport.js";

/** Holds the card that is there, and tells who wants to know when that changes. */
export interface CardSlot {
  readonly card: CardInfo | undefined;
  readonly listeners: number;
  set(card: CardInfo | undefined): void;
  /** No card will come any more: tells so, and lets go of whoever listens. */
  end(): void;
  onCard(listener: (card: CardInfo | undefined) => void): Unsubscribe;
}

export const createCardSlot = (): CardSlot => {
  let card: CardInfo | undefined;
  // A listener is wrapped, so that one function subscribed twice is two subscriptions.
  const listeners = new Set<{ notify(card: CardInfo | undefined): void }>();
  const tell = (next: CardInfo | undefined) => {
    card = next;
    for (const listener of [...listeners]) listener.notify(next);
  };
  return {
    get card() {
      return card;
    },
    get listeners() {
      return listeners.size;
    },
    set(next) {
      if (card !== undefined || next !== undefined) tell(next);
    },
    end() {
      tell(undefined);
      listeners.clear();
    },
    onCard(listener) {
      const subscription = { notify: listener };
      listeners.add(subscription);
      return () => {
        listeners.delete(subscription);
      };
    },
  };
};
