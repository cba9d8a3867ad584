import type { KeyObject } from "node:crypto";

/** Keys kept at most: the authorities and signers of a busy server, a few hundred bytes each. */
const CAPACITY = 1_024;

/**
 * Public keys that OpenSSL has taken in, by their content. Taking one in costs more than a verification
 * on P-256; the same signers and authorities come back all day. The longest unused one leaves first.
 */
export class KeyCache {
  readonly #keys = new Map<string, KeyObject>();

  /** The key of some content; where `create` makes none, none is kept. */
  get<K extends KeyObject | undefined>(content: string, create: () => K): K | KeyObject {
    const known = this.#keys.get(content);
    const key = known ?? create();
    if (key === undefined) return key;
    if (known !== undefined) this.#keys.delete(content);
    this.#keys.set(content, key);
    if (this.#keys.size > CAPACITY) this.#keys.delete(this.#keys.keys().next().value!);
    return key;
  }

  get size(): number {
    return this.#keys.size;
  }
}

/** One character a byte: the shortest exact name of some bytes. */
export const contentOf = (...parts: readonly Uint8Array[]): string =>
  parts.map((part) => `${part.length}:${latin1(part)}`).join("");

const latin1 = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString("latin1");
