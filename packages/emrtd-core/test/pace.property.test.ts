import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pace } from "../src/access/pace.js";
import { PACE_PROTOCOLS, type PaceProtocol } from "../src/access/pace-protocol.js";
import type { KeyAgreementParameters } from "../src/crypto/key-agreement.js";
import { standardizedDomainParameters } from "../src/crypto/standardized-domain-parameters.js";
import { EmrtdError } from "../src/errors.js";
import type { ResponseApdu } from "../src/iso7816/response-apdu.js";
import { nodeCrypto } from "../src/node/index.js";
import { countingRandom } from "./support/counting-random.js";
import { PACE_COMBINATIONS } from "./support/pace-combinations.js";
import { type PaceRun, runPace } from "./support/pace-run.js";

const { allowed, refused } = PACE_COMBINATIONS;

const run = (
  protocol: PaceProtocol,
  parameters: KeyAgreementParameters,
  seed: number,
  options: Pick<PaceRun, "terminalCan" | "alter"> = {},
) =>
  runPace({
    protocol,
    parameters,
    crypto: nodeCrypto,
    chipRandom: countingRandom(seed),
    terminalRandom: countingRandom(seed + 1),
    ...options,
  });

const codeOf = (act: () => unknown): string => {
  try {
    act();
    return "none";
  } catch (error) {
    expect(error).toBeInstanceOf(EmrtdError);
    return (error as EmrtdError).code;
  }
};

describe("password authenticated connection establishment", () => {
  test("both sides come to the same session, with any allowed protocol and parameters", () => {
    fc.assert(
      fc.property(fc.constantFrom(...allowed), fc.nat(), ({ protocol, parameters }, seed) => {
        const { chip, terminal } = run(protocol, parameters, seed);
        expect(chip).toEqual(terminal.session);
      }),
      { numRuns: 50 },
    );
  });

  test("a wrong password is denied, and nothing else is tried", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allowed.filter(({ id }) => id === 12 || id === 0)),
        ({ protocol, parameters }) => {
          expect(codeOf(() => run(protocol, parameters, 7, { terminalCan: "654321" }))).toBe(
            "ACCESS_DENIED",
          );
        },
      ),
      { numRuns: 10 },
    );
  });

  test("one flipped bit of the chip's data ends it", () => {
    const protocol = PACE_PROTOCOLS.find(({ oid }) => oid.endsWith("4.2.2"))!;
    const parameters = standardizedDomainParameters(12)!;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.nat(), (at, bit) => {
        const alter = (answer: ResponseApdu, step: number): ResponseApdu => {
          if (step !== at) return answer;
          const data = answer.data.slice();
          const place = bit % (8 * data.length);
          data[place >> 3]! ^= 1 << (place & 7);
          return { ...answer, data };
        };
        expect(["ACCESS_DENIED", "ACCESS_ANSWER_INVALID"]).toContain(
          codeOf(() => run(protocol, parameters, 3, { alter })),
        );
      }),
      { numRuns: 40 },
    );
  });

  test("what the standard does not allow is refused before anything is sent", () => {
    for (const { protocol, parameters } of refused) {
      const options = { random: countingRandom(1), crypto: nodeCrypto };
      expect(codeOf(() => pace({ can: "123456" }, protocol, parameters, options).next())).toBe(
        "PACE_COMBINATION",
      );
    }
    expect(refused.some(({ protocol, id }) => protocol.mapping === "IM" && id === 10)).toBe(true);
    expect(
      allowed.some(({ protocol }) => protocol.mapping === "CAM" && protocol.cipher === "3DES"),
    ).toBe(false);
  });
});
