import { equalBytes } from "../../bytes.js";
import { hashByOid } from "../../cms/algorithm.js";
import type { ConformanceCase } from "../../crypto/conformance/case.js";
import { selectFile } from "../../iso7816/select.js";
import { expectSuccess } from "../../iso7816/status-word.js";
import { type DataGroupNumber, dataGroupName, fileByName } from "../../lds/files.js";
import { decodeSod } from "../../lds/sod.js";
import {
  type ChipSubject,
  chipCase,
  expectThat,
  type OpenSession,
  openApplication,
  readWhole,
} from "./subject.js";

const readSod = async (session: OpenSession): Promise<Uint8Array> => {
  const bytes = await session.inside(readWhole("SOD"));
  if (!bytes) throw new Error("expected EF.SOD, found that it is not given");
  return bytes;
};

const GUARDED: readonly DataGroupNumber[] = [3, 4];

export const fileCases = (subject: ChipSubject): readonly ConformanceCase[] => [
  chipCase("gives EF.SOD whole, and a signed list in it", async () => {
    const sod = decodeSod(await readSod(await openApplication(subject)));
    expectThat(sod.dataGroupHashes.has(1), "a hash of DG1", "none");
  }),
  chipCase("gives every group that EF.SOD lists, with the hash that it lists", async () => {
    const session = await openApplication(subject);
    const { hashAlgorithm, dataGroupHashes } = decodeSod(await readSod(session));
    const hash = hashByOid(hashAlgorithm);
    if (!hash) throw new Error(`expected a known hash, found ${hashAlgorithm}`);
    for (const [group, listed] of dataGroupHashes) {
      if (GUARDED.includes(group)) continue;
      const bytes = await session.inside(readWhole(dataGroupName(group)));
      if (!bytes) throw new Error(`expected DG${group}, found that it is not given`);
      const same = equalBytes(subject.crypto.hash(hash, bytes), listed);
      expectThat(same, `the listed hash of DG${group}`, "another");
    }
  }),
  chipCase("gives the same bytes however they are asked for", async () => {
    const session = await openApplication(subject);
    expectSuccess(await session.send(selectFile(fileByName("SOD"))), "SELECT of EF.SOD");
    const read = async (offset: number, le: number) =>
      expectSuccess(
        await session.send({ cla: 0, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le }),
        "READ BINARY",
      );
    const whole = await read(0, 64);
    for (const [offset, le] of [
      [0, 1],
      [17, 40],
      [63, 1],
    ] as const) {
      const part = await read(offset, le);
      const same = equalBytes(part, whole.subarray(offset, offset + le));
      expectThat(same, `bytes ${offset} to ${offset + le}`, "others");
    }
  }),
  chipCase("gives nothing from beyond the end of a file", async () => {
    const session = await openApplication(subject);
    const com = await session.inside(readWhole("DG1"));
    const offset = com?.length ?? 0;
    const { data } = await session.send({ cla: 0, ins: 0xb0, p1: offset >> 8, p2: offset, le: 8 });
    expectThat(data.length === 0, "no bytes", `${data.length}`);
  }),
];

/** Groups that terminal authentication guards (Doc 9303-11, 7.1). */
export const guardedCases = (subject: ChipSubject): readonly ConformanceCase[] => [
  chipCase("keeps fingerprints and irises from a terminal that has not proved itself", async () => {
    const session = await openApplication(subject);
    const { dataGroupHashes } = decodeSod(await readSod(session));
    const guarded = GUARDED.filter((group) => dataGroupHashes.has(group));
    expectThat(guarded.length > 0, "DG3 or DG4 in EF.SOD", "neither");
    for (const group of guarded) {
      const bytes = await session.inside(readWhole(dataGroupName(group)));
      expectThat(bytes === undefined, `no byte of DG${group}`, `${bytes?.length} bytes`);
    }
  }),
];
