import { describe, expect, test } from "vitest";
import {
  createCardSession,
  type ImageEntry,
  type SessionEvent,
  type SessionInput,
} from "../src/index.js";

const text = (name: string): SessionInput => ({
  kind: "text",
  fields: [{ name: "English name", content: name }],
});
const images = (...kinds: string[]): SessionInput => ({
  kind: "attachment",
  part: { kind: "images", images: kinds.map((kind) => ({ kind, data: `${kind} picture` })) },
});
const detected: SessionInput = { kind: "detected" };
const gone: SessionInput = { kind: "taken-away" };
const due: SessionInput = { kind: "due" };

/** Plays inputs at their times and tells what came of it, in short. */
const play = (...story: readonly (readonly [at: number, input: SessionInput])[]): string[] => {
  const session = createCardSession();
  const told: string[] = [];
  for (const [at, input] of story) {
    for (const event of session.receive(input, at).events) told.push(`${at} ${say(event)}`);
  }
  return told;
};

const say = (event: SessionEvent): string => {
  if (event.type === "uncertain") {
    const names =
      event.part.kind === "images"
        ? event.part.images.map(({ kind }: ImageEntry) => kind)
        : event.part.fields.map(({ name }) => name);
    return `uncertain ${event.reason}: ${names.join()}`;
  }
  const { fields, failure, closedBy, takenAway, detected: laid, custom } = event.record;
  return [
    `record ${event.record.number} ${closedBy}:`,
    ...(laid ? ["detected"] : []),
    fields?.map(({ content }) => content).join() ?? "no text",
    ...(failure === undefined ? [] : [`failed (${failure})`]),
    ...event.record.images.map(({ kind }) => kind),
    ...custom.map(({ name }) => name),
    ...(takenAway ? ["taken away"] : []),
  ].join(" ");
};

describe("one document", () => {
  test("detected, text, images, taken away", () => {
    expect(
      play(
        [0, detected],
        [2_000, text("A")],
        [2_100, images("White", "IR")],
        [2_500, gone],
        [4_000, due],
      ),
    ).toEqual(["4000 record 1 settled: detected A White IR taken away"]);
  });

  test("waits for its first part as long as it takes", () => {
    const session = createCardSession();
    expect(session.receive(detected, 0)).toEqual({ events: [] });
    expect(session.state).toBe("laid");
    expect(session.receive(text("A"), 60_000)).toEqual({ events: [], wakeAt: 61_500 });
    expect(session.state).toBe("read");
  });

  test("images before text", () => {
    expect(play([0, detected], [1_000, images("White")], [1_400, text("A")], [2_900, due])).toEqual(
      ["2900 record 1 settled: detected A White"],
    );
  });

  test("images without text", () => {
    expect(play([0, images("White")], [1_500, due])).toEqual([
      "1500 record 1 settled: no text White",
    ]);
  });

  test("text without images", () => {
    expect(play([0, text("A")], [1_500, due])).toEqual(["1500 record 1 settled: A"]);
  });

  test("taken away before its images", () => {
    expect(
      play([0, detected], [100, text("A")], [200, gone], [1_600, images("White")], [3_100, due]),
    ).toEqual(["3100 record 1 settled: detected A White taken away"]);
  });

  test("images in several messages, and the same ones twice", () => {
    expect(
      play(
        [0, text("A")],
        [10, images("White")],
        [20, images("IR")],
        [30, images("White", "UV")],
        [40, images("UV")],
        [1_530, due],
      ),
    ).toEqual(["1530 record 1 settled: A White IR UV"]);
  });

  test("a failed reading, told before or after its images, and with text", () => {
    expect(
      play(
        [0, detected],
        [10, { kind: "failure", failure: "no" }],
        [20, images("White")],
        [1_520, due],
      ),
    ).toEqual(["1520 record 1 settled: detected no text failed (no) White"]);
    expect(
      play(
        [0, detected],
        [10, images("White")],
        [20, { kind: "failure", failure: "no" }],
        [1_520, due],
      ),
    ).toEqual(["1520 record 1 settled: detected no text failed (no) White"]);
    expect(
      play(
        [0, detected],
        [10, text("A")],
        [20, { kind: "failure", failure: "chip" }],
        [1_520, due],
      ),
    ).toEqual(["1520 record 1 settled: detected A failed (chip)"]);
  });

  test("everything at once", () => {
    const document: SessionInput = {
      kind: "document",
      fields: [{ name: "n", content: "A" }],
      images: [
        { kind: "White", data: "w" },
        { kind: "UV", data: "" },
      ],
    };
    expect(play([0, detected], [10, document], [1_510, due])).toEqual([
      "1510 record 1 settled: detected A White",
    ]);
  });

  test("a fingerprint belongs to it", () => {
    const custom: SessionInput = {
      kind: "attachment",
      part: { kind: "custom", fields: [{ name: "FpOfSid", content: "x" }] },
    };
    expect(play([0, detected], [10, text("A")], [20, custom], [1_520, due])).toEqual([
      "1520 record 1 settled: detected A FpOfSid",
    ]);
  });

  test("laid down and taken away unread is no record", () => {
    expect(play([0, detected], [500, gone], [20_000, due])).toEqual([]);
    expect(play([0, detected], [500, detected], [900, detected])).toEqual([]);
  });

  test("the connection ends in the middle", () => {
    expect(
      play([0, detected], [10, text("A")], [20, { kind: "lost", by: "connection-lost" }]),
    ).toEqual(["20 record 1 connection-lost: detected A"]);
  });
});

describe("two documents are never mixed", () => {
  test("a new detection closes the record", () => {
    expect(play([0, detected], [10, text("A")], [20, images("White")], [900, detected])).toEqual([
      "900 record 1 next-document: detected A White",
    ]);
  });

  test("a second text closes the record", () => {
    expect(play([0, text("A")], [10, images("White")], [900, text("B")], [2_400, due])).toEqual([
      "900 record 1 next-document: A White",
      "2400 record 2 settled: B",
    ]);
  });

  test("an image that may be of the document before is nobody's", () => {
    expect(
      play(
        [0, detected],
        [10, text("A")],
        [900, detected],
        [2_000, text("B")],
        [2_100, images("White")],
        [3_500, due],
      ),
    ).toEqual([
      "900 record 1 next-document: detected A",
      "2100 uncertain either: White",
      "3500 record 2 settled: detected B",
    ]);
  });

  test("an image that the document before has already is of this one", () => {
    expect(
      play(
        [0, detected],
        [10, text("A")],
        [20, images("White")],
        [900, detected],
        [950, images("White")],
        [2_000, text("B")],
        [3_500, due],
      ),
    ).toEqual([
      "900 record 1 next-document: detected A White",
      "3500 record 2 settled: detected B White",
    ]);
  });

  test("an image after its record was closed comes too late", () => {
    expect(play([0, detected], [10, text("A")], [1_510, due], [5_000, images("White")])).toEqual([
      "1510 record 1 settled: detected A",
      "5000 uncertain late: White",
    ]);
  });

  test("after a while an image can only be of a new document", () => {
    expect(
      play(
        [0, detected],
        [10, text("A")],
        [1_510, due],
        [10_011, images("White")],
        [10_100, text("B")],
        [11_600, due],
      ),
    ).toEqual(["1510 record 1 settled: detected A", "11600 record 2 settled: B White"]);
  });

  test("another image of a kind that the record has is nobody's", () => {
    const other: SessionInput = {
      kind: "attachment",
      part: { kind: "images", images: [{ kind: "White", data: "another picture" }] },
    };
    expect(
      play([0, detected], [10, text("A")], [20, images("White")], [30, other], [1_520, due]),
    ).toEqual(["30 uncertain repeated: White", "1520 record 1 settled: detected A White"]);
  });

  test("a second failure is the next document's", () => {
    expect(
      play(
        [0, { kind: "failure", failure: "1" }],
        [10, images("White")],
        [20, { kind: "failure", failure: "2" }],
        [1_520, due],
      ),
    ).toEqual([
      "20 record 1 next-document: no text failed (1) White",
      "1520 record 2 settled: no text failed (2)",
    ]);
  });

  test("a record whose time is over takes nothing more, also if nobody has come to close it", () => {
    expect(play([0, images("White")], [1_500, text("B")], [3_000, due])).toEqual([
      "1500 record 1 settled: no text White",
      "3000 record 2 settled: B",
    ]);
  });

  test("a trigger ends the record before it and opens one of its own", () => {
    expect(
      play(
        [0, text("A")],
        [10, images("White")],
        [100, { kind: "expected", until: 7_100 }],
        [200, images("White")],
        [300, text("B")],
        [1_800, due],
      ),
    ).toEqual(["100 record 1 next-document: A White", "1800 record 2 settled: B White"]);
  });

  test("a trigger between the images and the text of a document does not part them", () => {
    expect(
      play(
        [0, detected],
        [10, images("White")],
        [20, { kind: "expected", until: 7_020 }],
        [30, text("A")],
        [1_530, due],
      ),
    ).toEqual(["1530 record 1 settled: detected A White"]);
  });

  test("a new connection brings nothing of the old one", () => {
    expect(
      play(
        [0, detected],
        [10, text("A")],
        [20, { kind: "lost", by: "connection-lost" }],
        [30, detected],
        [40, text("B")],
        [50, images("White")],
        [1_550, due],
      ),
    ).toEqual([
      "20 record 1 connection-lost: detected A",
      "1550 record 2 settled: detected B White",
    ]);
  });
});
