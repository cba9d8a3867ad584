import {
  createDocumentReader,
  decodeDg14,
  drive,
  encodeDg11,
  encodeDg14,
  encodeSubjectPublicKeyInfo,
  publicKeyOf,
} from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { type ChipPersonalisation, derivedEcKey, personalise } from "@org/emrtd-core/testing";
import { describe, expect, test } from "vitest";
import { encodeBase64 } from "../src/base64.js";
import type { Frame } from "../src/channel.js";
import { createEmrtdServerChip, sessionInfo } from "../src/emrtd/index.js";
import { createServerV2, decodeResult, v2 } from "../src/index.js";
import { chipOf, DOCUMENTS, NOW, PASSWORD, signed, TRUST } from "./support/documents.js";
import { CA_HANDOVER, START } from "./support/frames.js";
import { countingRandom } from "./support/random.js";
import { run, serverOptions } from "./support/run.js";

/** A copy of a document on a chip of the forger's own: DG14 names a key that the forger has. */
const withOwnKey = (genuine: ChipPersonalisation): ChipPersonalisation => {
  const key = derivedEcKey("brainpoolP256r1", "forger", nodeCrypto);
  const { securityInfos } = decodeDg14(personalise("ca-aes").files.DG14!);
  const swapped = securityInfos.map((info) =>
    info.type === "ChipAuthenticationPublicKeyInfo"
      ? { ...info, publicKey: encodeSubjectPublicKeyInfo(publicKeyOf(key, nodeCrypto)) }
      : info,
  );
  return {
    ...genuine,
    files: { ...genuine.files, DG14: encodeDg14({ securityInfos: swapped }) },
    keys: { dg14: [{ key }] },
  };
};

/** Frames of the server, and which of them is CA_HANDBACK. */
const ofServer = (log: readonly { by: string; frame: Frame }[]) => {
  const frames = log.filter(({ by }) => by === "server").map(({ frame }) => frame);
  return { frames, handback: frames.findIndex((frame) => String(frame).includes("CA_HANDBACK")) };
};

const holds = (frame: Frame, secret: Uint8Array): boolean =>
  typeof frame === "string"
    ? frame.includes(encodeBase64(secret).slice(0, 16))
    : Buffer.from(frame).includes(Buffer.from(secret));

const fileFrame = (frame: Frame, name: string): boolean =>
  typeof frame !== "string" && frame[0] === 1 && v2.File.decode(frame).name === name;

describe("the DG14 that chip authentication used is the one that the signed list covers", () => {
  test("a key of the forger's own proves nothing", async () => {
    const { posted, pair } = await run({
      as: "spec",
      version: 2,
      document: chipOf(withOwnKey(DOCUMENTS["ca-aes"]())),
    });
    // The chip did answer rightly, by the key it brought along.
    expect(String(ofServer(pair.log).frames)).toContain('"checkResult":"SUCCESS"');
    expect(posted).toMatchObject({
      chipAuthenticationResult: "FAILED",
      passiveAuthentication: false,
      passiveAuthenticationDetails: { sodSignatureValid: true, allHashesValid: false },
    });
    expect(posted?.errors).toContain("chip-authentication: KEY_NOT_COVERED");
  });

  test("nor does one put beside a document that lists no DG14", async () => {
    const { DG14, SOD, DG1 } = withOwnKey(DOCUMENTS.bac()).files;
    const chip = chipOf(withOwnKey(DOCUMENTS.bac()));
    const reader = createDocumentReader(PASSWORD, { random: countingRandom(), crypto: nodeCrypto });
    await drive(reader.step({ step: "access" }), chip.transceive);

    const session = createServerV2(serverOptions(), 0);
    const say = (message: v2.ClientMessage) =>
      session.receive({ kind: "frame", frame: v2.encodeMessage(message) }, 0);
    say(v2.Start.decode(START as string));
    say({ type: "FILE", name: "dg14", data: DG14! });
    let step = say({
      ...v2.CaHandover.decode(CA_HANDOVER as string),
      secureMessagingInfo: sessionInfo(reader.session!),
    });
    for (let next = step.send[0]; session.state === "handover"; next = step.send[0]) {
      const data = await chip.transceive(v2.Apdu.decode(next as Uint8Array).data);
      step = say({ type: "APDU", data });
    }
    expect(step.events).toEqual([{ type: "chip-authentication", checkResult: "SUCCESS" }]);
    expect(fileFrame(step.send[0]!, "dg1")).toBe(true);
    expect(v2.File.decode(step.send[0] as Uint8Array).data).toEqual(DG1);

    say({ type: "FILE", name: "sod", data: SOD! });
    const [order] = say({ type: "FINISH", sendResult: false }).events;
    const { passport } = decodeResult((order as { body: string }).body);
    expect(passport).toMatchObject({
      chipAuthenticationResult: "FAILED",
      passiveAuthentication: false,
      passiveAuthenticationDetails: { allHashesValid: false, dataGroupsChecked: [1, 14] },
    });
    expect(passport.errors).toEqual(
      expect.arrayContaining(["chip-authentication: KEY_NOT_COVERED", "DG14: NOT_IN_SOD"]),
    );
  });

  test("the genuine DG14 cannot take its place afterwards", async () => {
    const genuine = DOCUMENTS["ca-aes"]().files.DG14!;
    const { report, posted } = await run({
      as: "spec",
      version: 2,
      document: chipOf(withOwnKey(DOCUMENTS["ca-aes"]())),
      tamper: (frame) =>
        fileFrame(frame, "sod")
          ? [v2.File.encode({ type: "FILE", name: "dg14", data: genuine }), frame]
          : [frame],
    });
    expect(report.close).toMatchObject({ code: 1008, reason: "PROTOCOL_ERROR", posted: false });
    expect(posted).toBeUndefined();
  });

  test("in version 1 the server reads DG14 itself, and the forger's fails alike", async () => {
    const document = chipOf(withOwnKey(DOCUMENTS["ca-aes"]()));
    const { posted } = await run({ as: "spec", version: 1, document });
    expect(posted).toMatchObject({
      chipAuthenticationResult: "FAILED",
      passiveAuthentication: false,
    });
  });
});

describe("no byte of new keys leaves before DG1 is verified", () => {
  /** DG1 comes in many answers: its first bytes are not its last. */
  const client = { as: "spec", version: 2, maxBlockSize: 20 } as const;
  /** Server and chip draw the same in every run, so the keys of one run are those of all. */
  const keysOf = async (document: "ca-aes" | "ca-3des") => {
    const { pair, chip } = await run({ ...client, document });
    const { frames, handback } = ofServer(pair.log);
    const { secureMessagingInfo } = v2.CaHandback.decode(frames[handback] as string);
    const firstOfServer = (
      frames.find((frame) => typeof frame !== "string") as Uint8Array
    ).subarray(1);
    return {
      secrets: [
        secureMessagingInfo.encKey.subarray(0, 16),
        secureMessagingInfo.macKey.subarray(0, 16),
      ],
      frames,
      handback,
      commands: chip.commands.map((command) => Buffer.from(command).toString("hex")),
      first: Buffer.from(firstOfServer).toString("hex"),
    };
  };

  test.each(["ca-aes", "ca-3des"] as const)(
    "%s: they stand in CA_HANDBACK alone, after dg1",
    async (document) => {
      const { frames, handback, secrets } = await keysOf(document);
      const { name, data } = v2.File.decode(frames[handback - 1] as Uint8Array);
      expect(name).toBe("dg1");
      expect(data).toEqual(DOCUMENTS[document]().files.DG1);
      for (const secret of secrets) {
        const where = frames.flatMap((frame, index) => (holds(frame, secret) ? [index] : []));
        expect(where).toEqual([handback]);
      }
    },
  );

  test.each(["ca-aes", "ca-3des"] as const)(
    "%s: with any answer of the chip damaged they never leave",
    async (document) => {
      const { secrets, commands, first, frames } = await keysOf(document);
      const driven = frames.filter((frame) => typeof frame !== "string" && frame[0] === 2).length;
      const begin = commands.indexOf(first);
      expect(driven).toBeGreaterThan(6);
      for (let at = 0; at < driven; at++) {
        for (const damage of DAMAGES) {
          const chip = chipOf(document);
          const transceive = async (command: Uint8Array) => {
            const answer = await chip.transceive(command);
            return chip.commands.length - 1 === begin + at ? damage(answer) : answer;
          };
          const { pair, report, posted } = await run({
            ...client,
            document: { ...chip, transceive },
          });
          const { frames: sent, handback } = ofServer(pair.log);
          expect(handback).toBe(-1);
          expect(sent.filter((frame) => secrets.some((secret) => holds(frame, secret)))).toEqual(
            [],
          );
          expect(report.close.reason).toMatch(/EMRTD_PASSPORT_READER_ERROR|FILE_READ_ERROR/);
          expect(posted).toBeUndefined();
        }
      }
    },
  );
});

const DAMAGES: readonly ((answer: Uint8Array) => Uint8Array)[] = [
  (answer) => answer.map((byte, i) => (i === 2 ? byte ^ 1 : byte)),
  (answer) => answer.map((byte, i) => (i === answer.length - 4 ? byte ^ 0x80 : byte)),
  (answer) => answer.subarray(-2),
  () => Uint8Array.of(0x90, 0x00),
  () => Uint8Array.of(0x6f, 0x00),
];

describe("answers that the client makes up", () => {
  const inventions: readonly [
    string,
    (answer: Uint8Array, earlier: readonly Uint8Array[]) => Uint8Array,
  ][] = [
    ["nothing but 9000", () => Uint8Array.of(0x90, 0x00)],
    ["one byte", () => Uint8Array.of(0x90)],
    ["noise", (answer) => Uint8Array.from(answer, (_, i) => (i * 37) & 0xff)],
    ["an earlier answer", (_, earlier) => earlier.at(-2)!],
    ["a very long one", () => new Uint8Array(60_000).fill(0x87)],
  ];

  test.each(inventions)("%s", async (_, invent) => {
    for (let at = 0; at < 4; at++) {
      let seen = -1;
      const chip = chipOf("ca-aes");
      const { posted, report } = await run({
        as: "spec",
        version: 2,
        document: chip,
        tamper: (frame) => {
          if (typeof frame === "string" || frame[0] !== 2) return [frame];
          seen++;
          return seen === at
            ? [Uint8Array.of(2, ...invent(frame.subarray(1), chip.answers))]
            : [frame];
        },
      });
      expect(report.close.posted).toBe(false);
      expect(posted).toBeUndefined();
    }
  });

  test("the answers of another session", async () => {
    const recorded = await run({ as: "spec", version: 2, document: "ca-aes" });
    const answers = recorded.pair.log.filter(
      ({ by, frame }) => by === "client" && typeof frame !== "string" && frame[0] === 2,
    );
    let at = 0;
    const { posted, report } = await run({
      as: "spec",
      version: 2,
      document: chipOf("ca-aes", { seed: 99 }),
      server: {
        chip: createEmrtdServerChip({
          trust: () => TRUST,
          random: countingRandom(1234),
          crypto: nodeCrypto,
          now: () => NOW,
        }),
      },
      tamper: (frame) =>
        typeof frame === "string" || frame[0] !== 2 ? [frame] : [answers[at++]?.frame ?? frame],
    });
    expect(report.close.reason).toBe("EMRTD_PASSPORT_READER_ERROR");
    expect(posted).toBeUndefined();
  });
});

describe("a client that keeps its copy away from the server", () => {
  /** No handover: DG14 is sent as any other file, and only then the rest. */
  const withoutHandover = async (requireChipProof: boolean) =>
    run({
      as: "spec",
      version: 2,
      document: "cloned-ca",
      server: {
        chip: createEmrtdServerChip({
          trust: () => TRUST,
          random: countingRandom(3),
          crypto: nodeCrypto,
          now: () => NOW,
          requireChipProof,
        }),
      },
      tamper: ((): ((frame: Frame) => readonly Frame[]) => {
        const { files } = DOCUMENTS["ca-aes"]();
        return (frame) =>
          String(frame).includes("CA_HANDOVER")
            ? [
                ...(["DG1", "DG2", "DG11", "DG12", "SOD"] as const).map((name) =>
                  v2.File.encode({ type: "FILE", name: name.toLowerCase(), data: files[name]! }),
                ),
                v2.encodeMessage({ type: "FINISH", sendResult: false }),
              ]
            : [frame];
      })(),
    });

  test("proves nothing, and the result says so", async () => {
    const { posted } = await withoutHandover(false);
    expect(posted).toMatchObject({
      passiveAuthentication: true,
      chipAuthenticationResult: "UNAVAILABLE",
    });
    expect(posted?.errors).toContain("chip-authentication: NOT_ATTEMPTED");
  });

  test("fails where a proof is required", async () => {
    const { posted } = await withoutHandover(true);
    expect(posted).toMatchObject({ chipAuthenticationResult: "FAILED" });
  });
});

test("a file that the signed list does not name fills nothing", async () => {
  const dg11 = encodeDg11({ fullName: "SOMEBODY<<ELSE" });
  const document = DOCUMENTS.aa();
  const { SOD: _, DG11: __, ...rest } = document.files;
  const { posted } = await run({
    as: "spec",
    version: 2,
    document: chipOf({ ...document, files: signed(rest) }),
    tamper: (frame) =>
      fileFrame(frame, "sod")
        ? [v2.File.encode({ type: "FILE", name: "dg11", data: dg11 }), frame]
        : [frame],
  });
  expect(posted).toMatchObject({
    passiveAuthentication: false,
    additionalPersonalDetails: null,
    passiveAuthenticationDetails: { allHashesValid: false },
  });
  expect(posted?.errors).toContain("DG11: NOT_IN_SOD");
});

test("what a client learns of a fault is its reason, and nothing behind it", async () => {
  const { report, pair } = await run({
    as: "spec",
    version: 1,
    document: "aa",
    accessKey: { document_number: "X12345678", date_of_birth: "740812", date_of_expiry: "340415" },
  });
  expect(report.close).toEqual({
    by: "server",
    code: 4403,
    reason: "ACCESS_CONTROL_FAILED",
    posted: false,
  });
  expect(pair.log.at(-1)?.frame).toBe('{"close_code":4403,"close_reason":"ACCESS_CONTROL_FAILED"}');
});
