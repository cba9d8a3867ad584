/** A two-way, total, pure mapping between a message and its text. */
export interface Codec<T, Wire = string> {
  readonly name: string;
  encode(value: T): Wire;
  /** @throws SinosecuError where the text is malformed or holds more than the message has. */
  decode(wire: Wire): T;
}
