import { equalBytes } from "@org/emrtd-core";
import { describe, expect, test } from "vitest";
import type { Frame } from "../src/channel.js";
import { createServerV2 } from "../src/index.js";
import { chipOf, type DocumentName } from "./support/documents.js";
import { CLIENTS, EXPECTED, holds, TELLING } from "./support/matrix.js";
import { countingRandom } from "./support/random.js";
import { run, serverOptions } from "./support/run.js";

describe.each(CLIENTS)("%s, version %i", (as, version) => {
  // All documents with the client that has no ways of its own; the whole matrix is in the soak.
  test.each(as === "spec" ? (Object.keys(EXPECTED) as DocumentName[]) : TELLING)("%s", (document) =>
    holds(as, version, document),
  );

  test("a result that nobody asked for is posted only", async () => {
    const { report, posted } = await run({ as, version, document: "aa" });
    expect(posted?.passiveAuthentication).toBe(true);
    expect(report).toEqual({ close: { by: "server", code: 1000, reason: "", posted: true } });
  });

  test("a copy without the key of DG14 is no document at all", async () => {
    const { report, posted } = await run({ as, version, document: "cloned-ca", result: true });
    if (version === 2) {
      expect(report.close.reason).toBe("EMRTD_PASSPORT_READER_ERROR");
      expect(posted).toBeUndefined();
    } else {
      expect(posted).toMatchObject({ chipAuthenticationResult: "FAILED" });
    }
  });

  test("a chip that is lost while the server drives it", async () => {
    const whole = await run({ as, version, document: "ca-aes" });
    const first = whole.pair.log.find(({ by, frame }) => by === "server" && isCommand(frame));
    const command = (first!.frame as Uint8Array).subarray(version === 2 ? 1 : 0);
    const before = whole.chip.commands.findIndex((sent) => equalBytes(sent, command));
    for (const after of [before, before + 1, before + 3]) {
      const document = chipOf("ca-aes", { faults: [{ fault: "tag-lost", after }] });
      const { report, posted, end } = await run({ as, version, document, result: true });
      expect(posted).toBeUndefined();
      expect(report.close.posted).toBe(false);
      if (as === "ios-2.1.2") {
        // The client answers for the chip, and the server ends it.
        expect(report.close).toMatchObject({ by: "server", reason: "EMRTD_PASSPORT_READER_ERROR" });
      } else {
        const reason = version === 2 ? "NFC_CHIP_COMMUNICATION_FAILED" : "COMMUNICATION_FAILED";
        expect(report.close).toMatchObject({ by: "client", code: 1001, reason });
        expect(end).toMatchObject({ by: "client" });
      }
    }
  });
});

/** An APDU of either version. */
const isCommand = (frame: Frame): boolean => typeof frame !== "string" && frame[0] !== 0x01;

/** A hundred of them, each in a session of its own, are among the heavy tests. */
const ORDERS = 20;

test("many orders of files come to one result", async () => {
  const whole = await run({ as: "ios-2.1.2", version: 2, document: "both", result: true });
  const frames = whole.pair.log.filter(({ by }) => by === "client").map(({ frame }) => frame);
  const isFile = (frame: Frame) => typeof frame !== "string" && frame[0] === 0x01;
  const finish = frames.length - 1;
  // DG14 is sent for the handover; the rest of the files stand before FINISH.
  const first =
    finish - [...frames.slice(0, finish)].reverse().findIndex((frame) => !isFile(frame));
  const files = frames.slice(first, finish);
  expect(files.length).toBeGreaterThan(4);
  const results = new Set<string>();
  const orders = new Set<string>();
  for (let seed = 1; seed <= ORDERS; seed++) {
    const shuffled = inOrder(files, countingRandom(seed));
    orders.add(shuffled.map((frame) => files.indexOf(frame)).join());
    // The server draws the same in every session, so what the chip answered fits all of them.
    const session = createServerV2(serverOptions(), 0);
    const steps = [...frames.slice(0, first), ...shuffled, frames[finish]!].map((frame) =>
      session.receive({ kind: "frame", frame }, 0),
    );
    const order = steps.at(-1)!.events.find(({ type }) => type === "deliver");
    results.add((order as { body: string }).body);
  }
  expect(orders.size).toBeGreaterThan(ORDERS / 2);
  expect([...results]).toEqual([whole.body]);
});

const inOrder = (frames: readonly Frame[], random: (length: number) => Uint8Array): Frame[] =>
  frames
    .map((frame) => ({ frame, key: random(16).slice(8).join() }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ frame }) => frame);
