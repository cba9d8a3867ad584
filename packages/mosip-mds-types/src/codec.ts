/** A two-way, total, pure mapping between a message and its wire form. */
export interface Codec<T, Wire = Uint8Array> {
  readonly name: string;
  encode(value: T): Wire;
  decode(wire: Wire): T;
}
