/** A two-way, total, pure mapping between a message and its bytes or text. */
export interface Codec<T, Wire = Uint8Array> {
  readonly name: string;
  /** @throws DocvalError `MESSAGE_UNENCODABLE` where the value is no message of this type. */
  encode(value: T): Wire;
  /** @throws DocvalError where the wire form is not one of this message. */
  decode(wire: Wire): T;
}
