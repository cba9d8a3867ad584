import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { portableCrypto } from "../src/crypto/portable.js";
import { EmrtdError } from "../src/errors.js";
import { anyCommandApdu, anyResponseApdu } from "../src/iso7816/arbitraries.js";
import { decodeCommandApdu, encodeCommandApdu } from "../src/iso7816/command-apdu.js";
import { decodeResponseApdu, encodeResponseApdu } from "../src/iso7816/response-apdu.js";
import { createSecureMessaging } from "../src/iso7816/secure-messaging.js";
import { createChipSecureMessaging } from "../src/iso7816/secure-messaging-chip.js";
import { type SecureMessagingSession, SM_CIPHERS } from "../src/iso7816/sm-cipher.js";
import { readSmDataObjects } from "../src/iso7816/sm-data-objects.js";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

const anySession = (): fc.Arbitrary<SecureMessagingSession> =>
  fc
    .constantFrom("3DES" as const, "AES-128" as const, "AES-192" as const, "AES-256" as const)
    .chain((cipher) =>
      fc.record({
        cipher: fc.constant(cipher),
        encryptionKey: bytes(SM_CIPHERS[cipher].key),
        macKey: bytes(SM_CIPHERS[cipher].key),
        sendSequenceCounter: bytes(SM_CIPHERS[cipher].block),
      }),
    );

const plainCommand = () =>
  anyCommandApdu().map((command) => ({ ...command, cla: command.cla & ~0x0c }));

describe("secure messaging", () => {
  test("every command and every answer comes out on the other side as it went in", () => {
    fc.assert(
      fc.property(
        anySession(),
        fc.array(fc.tuple(plainCommand(), anyResponseApdu()), { maxLength: 4 }),
        (session, exchanges) => {
          const terminal = createSecureMessaging(session, portableCrypto);
          const chip = createChipSecureMessaging(session, portableCrypto);
          for (const [command, answer] of exchanges) {
            const carried = decodeCommandApdu(encodeCommandApdu(terminal.protect(command)));
            expect(chip.unprotect(carried)).toEqual(command);
            const back = decodeResponseApdu(encodeResponseApdu(chip.protect(answer)));
            expect(terminal.unprotect(back)).toEqual(answer);
          }
          expect(chip.session).toEqual(terminal.session);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("any bytes for an answer are refused with our error and end the session", () => {
    fc.assert(
      fc.property(
        anySession(),
        fc.oneof(
          fc.uint8Array({ maxLength: 80 }),
          fc.uint8Array({ maxLength: 40 }).map((tail) => Uint8Array.of(0x87, ...tail)),
          fc
            .uint8Array({ maxLength: 40 })
            .map((tail) => Uint8Array.of(0x99, 0x02, 0x90, 0x00, 0x8e, 0x08, ...tail)),
        ),
        (session, data) => {
          const terminal = createSecureMessaging(session, portableCrypto);
          terminal.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 1 });
          expect(() => terminal.unprotect({ data, statusWord: 0x9000 })).toThrow(EmrtdError);
          expect(terminal.ended).toBe(true);
        },
      ),
    );
  });

  test("reading data objects takes any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (data) => {
        const objects = readSmDataObjects(data, 0x99);
        if (objects)
          expect(objects.checked.length + objects.checksum.length).toBeLessThan(data.length);
      }),
      { numRuns: 1_000 },
    );
  });
});
