import { expect } from "vitest";
import { paceOffers } from "../../src/access/pace-offers.js";
import { paceProtocol } from "../../src/access/pace-protocol.js";
import { toHex } from "../../src/bytes.js";
import { parseChipFault } from "../../src/chip/faults.js";
import type { ChipPersonalisation } from "../../src/chip/personalisation.js";
import { HOLDER_CAN, HOLDER_PASSWORD } from "../../src/chip/profiles/holder.js";
import { personalise } from "../../src/chip/profiles/personalise.js";
import { createVirtualChip } from "../../src/chip/virtual-chip.js";
import { keyAgreementGroup } from "../../src/crypto/key-agreement.js";
import {
  STANDARDIZED_DOMAIN_PARAMETERS,
  standardizedDomainParameters,
} from "../../src/crypto/standardized-domain-parameters.js";
import { derOid, derSequence, derUnsigned } from "../../src/der.js";
import { encodeCardAccess } from "../../src/lds/card-access.js";
import type { SecurityInfo } from "../../src/lds/security-info.js";
import { nodeCrypto as crypto } from "../../src/node/index.js";
import { drive } from "../../src/protocol.js";
import { readDocument } from "../../src/reader/read-document.js";
import { countingRandom } from "../support/counting-random.js";
import { runPace } from "../support/pace-run.js";
import { readProfile } from "../support/read-profile.js";
import leadingZeros from "../vectors/leading-zeros.json" with { type: "json" };

const ECDH_GM_AES_128 = "0.4.0.127.0.7.2.2.4.2.2";

const offering =
  (...securityInfos: readonly SecurityInfo[]) =>
  (made: ChipPersonalisation): ChipPersonalisation => ({
    ...made,
    files: { ...made.files, CardAccess: encodeCardAccess({ securityInfos }) },
  });

const paceInfo = (parameterId?: number): SecurityInfo => ({
  type: "PACEInfo",
  protocol: ECDH_GM_AES_128,
  version: 2,
  ...(parameterId === undefined ? {} : { parameterId }),
});

/** MSE:Set AT for PACE, each with its data. */
const selections = (sent: readonly string[]) =>
  sent.filter((command) => command.startsWith("0022c1a4"));

/** EXTERNAL AUTHENTICATE in the clear, and the last GENERAL AUTHENTICATE of PACE. */
const attempts = (sent: readonly string[]) =>
  sent.filter((command) => command.startsWith("0082") || command.startsWith("0086"));

export const accessQuirks = {
  "parameter-id-wanted": async () => {
    for (const status of ["6a87", "6a80", "6a88"]) {
      const faults = [`parameter-id-wanted=${status}`];
      const { report, sent } = await readProfile("pace-gm-brainpool", { faults });
      expect(report.access.protocol).toBe("pace");
      expect(selections(sent).map((command) => command.endsWith("84010d"))).toEqual([false, true]);
    }
  },
  "parameter-id-ambiguous": async () => {
    const change = offering(paceInfo(12), paceInfo(13));
    const { report, sent } = await readProfile("pace-gm-brainpool", { change });
    expect(report.access.protocol).toBe("pace");
    expect(selections(sent)).toHaveLength(1);
    expect(selections(sent)[0]).toMatch(/84010[cd]$/);
  },
  "parameter-id-absent": async () => {
    const domainParameter = derSequence(derOid(STANDARDIZED_DOMAIN_PARAMETERS), derUnsigned(13));
    const explicit: SecurityInfo = {
      type: "PACEDomainParameterInfo",
      protocol: "0.4.0.127.0.7.2.2.4.2",
      domainParameter,
    };
    const stated = await readProfile("pace-gm-brainpool", {
      change: offering(paceInfo(), explicit),
    });
    expect(stated.report.access).toMatchObject({
      protocol: "pace",
      domainParameters: "brainpoolP256r1",
    });
    expect(selections(stated.sent)[0]).not.toContain("8401");
    expect(paceOffers([paceInfo()])).toEqual([]);
  },
  "authority-references": () => {
    const { chip, terminal } = runPace({
      protocol: paceProtocol(ECDH_GM_AES_128)!,
      parameters: standardizedDomainParameters(13)!,
      crypto,
      chipRandom: countingRandom(71),
      terminalRandom: countingRandom(72),
      chip: { authorityReferences: ["DETESTCVCA00003", "DETESTCVCA00002"] },
    });
    expect(chip).toEqual(terminal.session);
    expect(terminal.authorityReferences).toEqual(["DETESTCVCA00003", "DETESTCVCA00002"]);
  },
  "pace-only": async () => {
    const { report, sent } = await readProfile("pace-gm-p256", {
      change: ({ access: { pace }, ...made }) => ({ ...made, access: { pace: pace! } }),
    });
    expect(report.verdict).toBe("authentic");
    expect(sent.some((command) => command.startsWith("0084"))).toBe(false);
  },
  "mutual-authentication-length": async () => {
    const { sent } = await readProfile("bac-ecdsa");
    const [command] = attempts(sent);
    expect(command).toMatch(/^0082000028[0-9a-f]{80}28$/);
  },
  "mutual-authentication-any-length": async () => {
    const { report, sent } = await readProfile("bac-ecdsa", {
      instead: (command) => (/^0082000028[0-9a-f]{80}28$/.test(command) ? "6700" : undefined),
    });
    expect(report.verdict).toBe("authentic");
    expect(sent.filter((command) => command.startsWith("0084"))).toHaveLength(2);
    expect(attempts(sent).map((command) => command.slice(-2))).toEqual(["28", "00"]);
  },
  "no-access-control": async () => {
    const { reading, report, files } = await readProfile("bac-ecdsa", {
      change: (made) => ({ ...made, access: {} }),
    });
    expect(reading.files).toEqual(files);
    expect(report.access.protocol).toBe("none");
    expect(report.verdict).toBe("authentic");
  },
  "wrong-password": async () => {
    for (const status of ["6300", "63c2", "6982", "6985", "6988", "6a80"]) {
      for (const profile of ["bac-ecdsa", "pace-gm-p256"] as const) {
        const sent: string[] = [];
        const access = { protocol: "auto", bacAfterPaceFailure: true } as const;
        const run = readProfile(profile, {
          plan: { access },
          instead: (command) => {
            sent.push(command);
            return /^00(82|86)/.test(command) ? status : undefined;
          },
        });
        await expect(run).rejects.toMatchObject({ code: "ACCESS_DENIED" });
        expect(attempts(sent)).toHaveLength(1);
      }
    }
    const withCan = readProfile("pace-gm-p256", { password: { can: "999999" } });
    await expect(withCan).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  },
  "slow-after-wrong-passwords": async () => {
    const { password: _, can: __, ...made } = personalise("pace-gm-p256", { crypto });
    const faults = [parseChipFault("password-delay=23300")];
    const chip = createVirtualChip(made, { crypto, random: countingRandom(73), faults });
    const tryCan = async (can: string) => {
      let longest = 0;
      chip.reset();
      const reading = drive(
        readDocument({ can }, { crypto, random: countingRandom(74) }),
        async (command) => {
          const answer = chip.receive(command);
          longest = Math.max(longest, chip.delay);
          return answer;
        },
      );
      return { reading: await reading.catch(() => undefined), longest };
    };
    expect(await tryCan("999999")).toEqual({ reading: undefined, longest: 0 });
    expect(await tryCan("999999")).toEqual({ reading: undefined, longest: 23_300 });
    const right = await tryCan(HOLDER_CAN);
    expect(right.longest).toBe(46_600);
    expect(right.reading?.failure).toBeNull();
  },
  "lost-after-pace": async () => {
    const { report, sent } = await readProfile("pace-gm-p256", {
      plan: { access: { protocol: "auto", bacAfterPaceFailure: true } },
      password: HOLDER_PASSWORD,
      instead: (command) => (/^108600004\w7c4\w81/.test(command) ? "6f00" : undefined),
    });
    expect(report.access).toMatchObject({ protocol: "bac", downgraded: true });
    const broken = sent.findIndex((command) => command.startsWith("10860000"));
    const next = sent.slice(broken).find((command) => !command.startsWith("1086"));
    expect(next).toMatch(/^00a4040c07a0000002471001/);
  },
  "secret-leading-zeros": () => {
    const row = leadingZeros.pace.find(({ parameterId }) => parameterId === 12)!;
    const values = (...texts: readonly (string | undefined)[]) => {
      const left = texts.flatMap((text) => (text === undefined ? [] : [text]));
      return () => Uint8Array.from(Buffer.from(left.shift()!, "hex"));
    };
    const parameters = standardizedDomainParameters(12)!;
    const { chip, terminal } = runPace({
      protocol: paceProtocol(row.protocol)!,
      parameters,
      crypto,
      terminalRandom: values(row.terminalMapping, row.terminalPrivate),
      chipRandom: values(row.nonce, row.chipMapping, row.chipPrivate),
    });
    expect(chip).toEqual(terminal.session);
    const { chipPublicKey, privateKey } = terminal.transcript.agreement;
    const group = keyAgreementGroup(parameters, crypto);
    const secret = group.secretOf(group.power(chipPublicKey, privateKey));
    expect(toHex(secret)).toBe(row.secret);
    expect(secret[0]).toBe(0);
    expect(secret).toHaveLength(32);
  },
  "refusal-in-the-clear": async () => {
    const faults = ["le-limit=120:6700:plain"];
    const { reading, report, sent, files } = await readProfile("bac-ecdsa", { faults });
    expect(reading.files).toEqual(files);
    expect(report.verdict).toBe("authentic");
    expect(attempts(sent).length).toBeGreaterThan(1);
  },
};
