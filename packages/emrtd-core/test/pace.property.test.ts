import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pace } from "../src/access/pace.js";
import { createPaceChip } from "../src/access/pace-chip.js";
import { passwordKey } from "../src/access/pace-keys.js";
import {
  PACE_PROTOCOLS,
  type PaceProtocol,
  paceCombinationFault,
} from "../src/access/pace-protocol.js";
import type { KeyAgreementParameters } from "../src/crypto/key-agreement.js";
import { standardizedDomainParameters } from "../src/crypto/standardized-domain-parameters.js";
import { EmrtdError } from "../src/errors.js";
import type { ResponseApdu } from "../src/iso7816/response-apdu.js";
import { nodeCrypto } from "../src/node/index.js";
import { countingRandom } from "./support/counting-random.js";

const PARAMETER_IDS = [0, 1, 2, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];

const combinations = PACE_PROTOCOLS.flatMap((protocol) =>
  PARAMETER_IDS.map((id) => ({ protocol, parameters: standardizedDomainParameters(id)!, id })),
);
const allowed = combinations.filter(
  ({ protocol, parameters }) => paceCombinationFault(protocol, parameters) === undefined,
);

/** Runs PACE between the two sides, each with its own random bytes. */
const run = (
  protocol: PaceProtocol,
  parameters: KeyAgreementParameters,
  seed: number,
  { terminalCan = "123456", alter = (answer: ResponseApdu, _step: number) => answer } = {},
) => {
  const chip = createPaceChip({
    protocol,
    parameters,
    passwordKey: passwordKey({ can: "123456" }, protocol.cipher, nodeCrypto),
    random: countingRandom(seed),
    crypto: nodeCrypto,
    chipAuthenticationData: () => new Uint8Array(32),
  });
  const terminal = pace({ can: terminalCan }, protocol, parameters, {
    random: countingRandom(seed + 1),
    crypto: nodeCrypto,
  });
  let step = terminal.next();
  let session: unknown;
  for (let count = 0; !step.done; count++) {
    const { ins, data } = step.value;
    const said = ins === 0x22 ? undefined : chip.step(data!);
    if (said?.state === "done") ({ session } = said);
    const answer: ResponseApdu = !said
      ? { data: new Uint8Array(), statusWord: 0x9000 }
      : said.state === "refused"
        ? { data: new Uint8Array(), statusWord: said.statusWord }
        : { data: said.data, statusWord: 0x9000 };
    step = terminal.next(alter(answer, count));
  }
  return { chip: session, terminal: step.value.session };
};

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
        expect(chip).toEqual(terminal);
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
    const refused = combinations.filter((entry) => !allowed.includes(entry));
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
