import type { CardReceive } from "../apdu-transport.js";
import { check, moment, pattern } from "./check.js";

/** The card of the cases: it does what a case wants, and remembers what it was asked. */
export interface TestCard {
  readonly receive: CardReceive;
  /** `reversed`: the command backwards. `held`: the same when told. A number: a pattern so long. */
  answers: "reversed" | "held" | number;
  readonly commands: readonly Uint8Array[];
  /** Resolves when the card has been asked so often. */
  asked(count: number): Promise<void>;
  /** Answers the last command. */
  answer(): void;
}

export const createTestCard = (): TestCard => {
  const commands: Uint8Array[] = [];
  let answerHeld: (() => void) | undefined;
  const card: TestCard = {
    answers: "reversed",
    commands,
    receive(bytes) {
      const command = new Uint8Array(bytes);
      commands.push(command);
      if (typeof card.answers === "number") return pattern(card.answers, card.answers);
      if (card.answers === "reversed") return reversed(command);
      return new Promise((resolve) => {
        answerHeld = () => resolve(reversed(command));
      });
    },
    async asked(count) {
      while (commands.length < count) await moment();
    },
    answer() {
      check(answerHeld !== undefined, "a command that waits for its answer");
      answerHeld?.();
    },
  };
  return card;
};

/** A command backwards, so that neither is taken for the other. */
export const reversed = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes).reverse();
