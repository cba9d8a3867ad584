import { expect } from "vitest";
import { fromHex } from "../../src/bytes.js";
import { EmrtdError } from "../../src/errors.js";
import { decodeCommandApdu } from "../../src/iso7816/command-apdu.js";
import { encodeAtrInfo } from "../../src/lds/atr-info.js";
import { DEFAULT_READ_PLAN, FAST_READ_PLAN } from "../../src/reader/read-plan.js";
import { type ReadProfile, readProfile } from "../support/read-profile.js";

/** Read to the end, authentic, and opened by PACE. */
const expectPace = ({ reading, report }: ReadProfile) => {
  expect(reading.failure).toBeNull();
  expect(report.verdict).toBe("authentic");
  expect(report.access).toMatchObject({ protocol: "pace", downgraded: false });
};

const expectWhole = ({ reading, report, files }: ReadProfile) => {
  expect(reading.failure).toBeNull();
  expect(report.verdict).toBe("authentic");
  expect(reading.files).toEqual(files);
};

export const directoryQuirks = {
  "master-file-form": async () => {
    for (const form of ["identifier", "empty"]) {
      const faults = ["application-first", `master-file=${form}`];
      expectPace(await readProfile("pace-gm-p256", { faults }));
    }
  },
  "master-file-unmoved": async () => {
    for (const form of ["identifier:9000", "empty:9000"]) {
      const faults = ["application-first", `master-file=${form}`];
      expectPace(await readProfile("pace-gm-p256", { faults }));
    }
  },
  "master-file-refused": async () => {
    for (const status of ["6982", "6a81", "6a86", "6a87", "6985", "6d00"]) {
      const faults = ["application-first", `master-file=none:${status}`];
      const read = await readProfile("bac-ecdsa", { faults });
      expectWhole(read);
      expect(read.sent).toEqual(expect.arrayContaining(["00a4000c023f00", "00a4000c"]));
    }
  },
  "application-first": async () => {
    expectPace(await readProfile("pace-cam", { faults: ["application-first"] }));
  },
  "card-access-refused": async () => {
    for (const status of ["6283", "6982", "6a82", "6a86", "6a87"]) {
      const faults = [`refused-file=CardAccess:${status}`];
      const read = await readProfile("bac-ecdsa", { faults });
      expectWhole(read);
      expect(read.reading.outcomes.CardAccess).toBe(status === "6a82" ? "absent" : "refused");
      const access = { protocol: "pace", bacAfterPaceFailure: false } as const;
      await expect(readProfile("bac-ecdsa", { faults, plan: { access } })).rejects.toMatchObject({
        code: "ACCESS_UNSUPPORTED",
      });
    }
  },
  "card-access-first": async () => {
    let selected = false;
    const read = await readProfile("pace-gm-p256", {
      instead: (command) => {
        if (command.startsWith("00a4040c")) selected = true;
        return selected && command === "00a4020c02011c" ? "6882" : undefined;
      },
    });
    expectPace(read);
    expect(read.sent[0]).toBe("00a4020c02011c");
  },
  "short-identifiers": async () => {
    const faults = ["no-short-identifiers"];
    expectWhole(await readProfile("bac-ecdsa", { faults }));
    const atrInfo = encodeAtrInfo({ dataObjects: [{ tag: 0x47, value: Uint8Array.of(4, 0, 0) }] });
    const read = await readProfile("bac-ecdsa", {
      faults,
      plan: FAST_READ_PLAN,
      change: (made) => ({ ...made, files: { ...made.files, "ATR/INFO": atrInfo } }),
    });
    expectWhole(read);
  },
  "directory-closed": async () => {
    const faults = ["refused-file=DIR:6982"];
    const read = await readProfile("bac-ecdsa", { faults });
    expectWhole(read);
    expect(read.sent).not.toContain("00a4020c022f00");
    const steps = [
      { step: "read", file: "DIR", when: "always" } as const,
      ...DEFAULT_READ_PLAN.steps,
    ];
    const asked = await readProfile("bac-ecdsa", { faults, plan: { steps } });
    expectWhole(asked);
    expect(asked.reading.outcomes.DIR).toBe("refused");
  },
  "common-data-unsigned": async () => {
    const read = await readProfile("bac-ecdsa", { faults: ["refused-file=COM:6a82"] });
    expect(read.report.verdict).toBe("authentic");
    const { COM: _, ...files } = read.files;
    expect(read.reading.files).toEqual(files);
  },
  "application-before-challenge": async () => {
    const { sent } = await readProfile("bac-ecdsa");
    const selected = sent.findIndex((command) => command.startsWith("00a4040c07a0000002471001"));
    expect(selected).toBeGreaterThanOrEqual(0);
    expect(sent.indexOf("0084000008")).toBeGreaterThan(selected);
  },
  "le-on-select": async () => {
    for (const profile of ["bac-ecdsa", "pace-gm-p256"] as const) {
      const { sent } = await readProfile(profile);
      const commands = sent.map((command) => decodeCommandApdu(fromHex(command)));
      const plain = commands.filter(({ cla, ins }) => cla === 0 && [0xa4, 0x22].includes(ins));
      expect(plain.length).toBeGreaterThan(0);
      expect(plain.filter(({ le }) => le !== undefined)).toEqual([]);
    }
  },
  "no-application": async () => {
    for (const status of ["6a82", "6a86", "6d00"]) {
      const sent: string[] = [];
      const run = readProfile("bac-ecdsa", {
        instead: (command) => {
          sent.push(command);
          return command.startsWith("00a4040c") ? status : undefined;
        },
      });
      const error = await run.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(EmrtdError);
      expect(error).toMatchObject({
        code: "APDU_STATUS",
        path: "SELECT of the eMRTD application",
        statusWord: Number.parseInt(status, 16),
      });
      expect(sent.some((command) => command.startsWith("0084"))).toBe(false);
    }
  },
};
