import fc from "fast-check";
import type { CommandApdu } from "./command-apdu.js";
import type { ResponseApdu } from "./response-apdu.js";

const byte = () => fc.integer({ min: 0, max: 0xff });

/** Data that is mostly small, and now and then too long for the short form. */
const data = () =>
  fc.oneof(
    { weight: 8, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 64 }) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 240, maxLength: 600, size: "max" }) },
  );

const le = () => fc.oneof(fc.integer({ min: 1, max: 256 }), fc.integer({ min: 1, max: 65_536 }));

/** Any command that an APDU can hold, all four cases. */
export const anyCommandApdu = (): fc.Arbitrary<CommandApdu> =>
  fc
    .record(
      { cla: byte(), ins: byte(), p1: byte(), p2: byte(), data: data(), le: le() },
      { requiredKeys: ["cla", "ins", "p1", "p2"], noNullPrototype: true },
    )
    .map((command) => command as CommandApdu);

/** Any answer. */
export const anyResponseApdu = (): fc.Arbitrary<ResponseApdu> =>
  fc.record(
    {
      data: fc.oneof(fc.constant(new Uint8Array(0)), data()),
      statusWord: fc.integer({ min: 0, max: 0xffff }),
    },
    { noNullPrototype: true },
  );
