import { describe, expect, test } from "vitest";
import { toHex } from "../src/bytes.js";
import { parseChipFault } from "../src/chip/faults.js";
import type { ChipPersonalisation } from "../src/chip/personalisation.js";
import { HOLDER_CAN, HOLDER_PASSWORD } from "../src/chip/profiles/holder.js";
import { personalise } from "../src/chip/profiles/personalise.js";
import { PROFILES, type Profile, type ProfileName } from "../src/chip/profiles/profiles.js";
import { transceiveWith } from "../src/chip/transceive.js";
import { createVirtualChip } from "../src/chip/virtual-chip.js";
import { type ChipClaim, chipCases } from "../src/conformance/chip.js";
import { nodeCrypto as crypto } from "../src/node/index.js";
import type { Transceive } from "../src/protocol.js";
import { countingRandom } from "./support/counting-random.js";

const claimsOf = (name: ProfileName): ChipClaim[] => {
  const { pace, chipAuthentication, activeAuthentication, extendedAccess }: Profile =
    PROFILES[name];
  const mapping = pace?.some(({ oid }) => oid.startsWith("0.4.0.127.0.7.2.2.4.6."));
  return [
    "bac",
    ...(pace ? (["pace"] as const) : []),
    ...(chipAuthentication ? (["chip-authentication"] as const) : []),
    ...(activeAuthentication ? (["active-authentication"] as const) : []),
    ...(mapping ? (["chip-authentication-mapping"] as const) : []),
    ...(extendedAccess ? (["terminal-authentication"] as const) : []),
  ];
};

interface Planted {
  readonly faults?: readonly string[];
  readonly change?: (made: ChipPersonalisation) => ChipPersonalisation;
  /** Stands between chip and terminal. */
  readonly between?: (transceive: Transceive) => Transceive;
  readonly claims?: readonly ChipClaim[];
  /** A chip that draws the same bytes after each power on. */
  readonly stale?: boolean;
}

const casesOf = (name: ProfileName, planted: Planted = {}) => {
  const { password: _, can: __, terminal: ___, ...profile } = personalise(name, { crypto });
  const made = planted.change?.(profile) ?? profile;
  const faults = (planted.faults ?? []).map(parseChipFault);
  const chipWith = (random: (length: number) => Uint8Array) =>
    createVirtualChip(made, { crypto, random, faults });
  let seed = 51;
  return chipCases(
    {
      connect: async () => {
        const chip = chipWith(countingRandom(planted.stale ? seed : seed++));
        const transceive = transceiveWith(chip);
        return planted.between?.(transceive) ?? transceive;
      },
      password: HOLDER_PASSWORD,
      can: HOLDER_CAN,
      claims: planted.claims ?? claimsOf(name),
    },
    { random: countingRandom(52), crypto },
  );
};

/** Names of the cases that fail. */
const failing = async (name: ProfileName, planted: Planted = {}): Promise<string[]> => {
  const failed: string[] = [];
  for (const { name: title, run } of casesOf(name, planted)) {
    await run().catch(() => failed.push(title));
  }
  return failed;
};

/** Documents that are wrong on purpose: the cases that say so. */
const FAILS: { readonly [name in ProfileName]?: readonly string[] } = {
  tampered: ["gives every group that EF.SOD lists, with the hash that it lists"],
  cloned: ["active authentication: signs each challenge with the key of DG15"],
};

describe("the virtual chip does what every chip must", () => {
  test.each(Object.keys(PROFILES) as ProfileName[])("%s", async (name) => {
    expect(await failing(name)).toEqual(FAILS[name] ?? []);
  });

  test.each(["response-chaining=64", "response-chaining=64:protected", "parameter-id-wanted"])(
    "also with %s, which is a habit and no failure",
    async (fault) => {
      expect(await failing("pace-gm-dh", { faults: [fault] })).toEqual([]);
    },
  );
});

/** Answers in place of the chip. */
const instead =
  (answer: (command: string, own: () => Promise<Uint8Array>) => Promise<Uint8Array> | undefined) =>
  (transceive: Transceive): Transceive =>
  (command) =>
    answer(toHex(command), () => transceive(command)) ?? transceive(command);

const bytes = (text: string) => Promise.resolve(Uint8Array.from(Buffer.from(text, "hex")));

describe("a chip that does not is found out", () => {
  test.each<[string, ProfileName, Planted, string]>([
    [
      "gives its files to anybody",
      "bac-ecdsa",
      { change: (made) => ({ ...made, access: {} }) },
      "gives no file of the application before it is opened",
    ],
    [
      "signs for anybody",
      "bac-ecdsa",
      { between: instead((command) => (command.startsWith("0088") ? bytes("019000") : undefined)) },
      "signs nothing before it is opened",
    ],
    [
      "takes any application",
      "bac-ecdsa",
      {
        between: instead((command) => (command.startsWith("00a4040c") ? bytes("9000") : undefined)),
      },
      "selects no application that it has not",
    ],
    [
      "says 9000 to anything",
      "bac-ecdsa",
      { between: instead((command) => (command.startsWith("00fe") ? bytes("9000") : undefined)) },
      "refuses an instruction that there is not",
    ],
    [
      "has no PACE and claims it",
      "bac-ecdsa",
      { claims: ["bac", "pace"] },
      "offers PACE where that is claimed, and only there",
    ],
    [
      "has PACE and does not say so",
      "pace-gm-p256",
      { claims: ["bac"] },
      "offers PACE where that is claimed, and only there",
    ],
    [
      "gives one challenge every time",
      "bac-ecdsa",
      { stale: true },
      "its challenge has eight bytes and is another one each time",
    ],
    [
      "gives one challenge every time, and so takes a recording",
      "bac-ecdsa",
      { stale: true },
      "a recorded proof does not open it again",
    ],
    [
      "has one nonce every time",
      "pace-gm-p256",
      { stale: true },
      "the encrypted nonce is another one each time",
    ],
    [
      "takes any password",
      "bac-ecdsa",
      {
        between: (transceive) => transceive,
        change: (made) => ({
          ...made,
          access: { bac: { ...HOLDER_PASSWORD, documentNumber: "X00000000" } },
        }),
      },
      "basic access control does not open it with another document number",
    ],
    [
      "has another card access number",
      "pace-gm-p256",
      {
        change: (made) => ({ ...made, access: { ...made.access, pace: [HOLDER_PASSWORD] } }),
      },
      "PACE opens it with its card access number",
    ],
    [
      "takes points off the curve",
      "pace-gm-p256",
      {
        between: instead((command, own) =>
          command.startsWith("1086") && command.slice(14, 16) === "81"
            ? own().then(async (answer) => (answer.length === 2 ? bytes("7c009000") : answer))
            : undefined,
        ),
      },
      "elements outside of the group are refused",
    ],
    [
      "answers an unknown protocol",
      "pace-gm-p256",
      {
        between: instead((command) => (command.startsWith("0022c1a4") ? bytes("9000") : undefined)),
      },
      "a protocol that there is not is refused",
    ],
    [
      "sends an error in the clear",
      "bac-ecdsa",
      { faults: ["refused-file=SOD:6a82:plain"] },
      "protects what it answers, errors as well",
    ],
    ["miscounts", "bac-ecdsa", { faults: ["wrong-ssc=10"] }, "goes on for many commands"],
    [
      "sends one answer in the clear",
      "bac-ecdsa",
      { faults: ["unprotected-answer=12"] },
      "goes on for many commands",
    ],
    [
      "ends no session over a wrong checksum",
      "bac-ecdsa",
      { between: forgiving },
      "refuses a command with a wrong checksum, and ends the session",
    ],
    [
      "answers a plain command inside a session",
      "bac-ecdsa",
      {
        between: instead((command) =>
          command.startsWith("00b00000") ? bytes(`${"00".repeat(8)}9000`) : undefined,
        ),
      },
      "ends the session with a plain command",
    ],
    [
      "has a group that nobody signed",
      "bac-ecdsa",
      { faults: ["altered-file=DG11"] },
      "gives every group that EF.SOD lists, with the hash that it lists",
    ],
    [
      "keeps a group that it lists",
      "bac-ecdsa",
      { faults: ["refused-file=DG12"] },
      "gives every group that EF.SOD lists, with the hash that it lists",
    ],
    [
      "is a copy without the key of DG15",
      "bac-ecdsa",
      { faults: ["cloned-key=DG15"] },
      "active authentication: signs each challenge with the key of DG15",
    ],
    [
      "is a copy without the key of DG14",
      "ca-aes",
      { faults: ["cloned-key=DG14"] },
      "chip authentication: goes on under keys that only the chip of DG14 can have",
    ],
    [
      "is a copy without the key of EF.CardSecurity",
      "pace-cam",
      { faults: ["cloned-key=CardSecurity"] },
      "chip authentication mapping: proves the key of EF.CardSecurity",
    ],
    [
      "gives fingerprints to anybody",
      "eac-ta",
      { change: (made) => ({ ...made, extendedAccess: [] }) },
      "keeps fingerprints and irises from a terminal that has not proved itself",
    ],
  ])("one that %s", async (_, profile, planted, title) => {
    expect(await failing(profile, planted)).toContain(title);
  });
});

/** Says 6988 as it should, to the first SELECT of a file, and forgets that there was such a command. */
function forgiving(transceive: Transceive): Transceive {
  let forgiven = false;
  return async (command) => {
    if (forgiven || !toHex(command).startsWith("0ca4020c")) return transceive(command);
    forgiven = true;
    return Uint8Array.of(0x69, 0x88);
  };
}
