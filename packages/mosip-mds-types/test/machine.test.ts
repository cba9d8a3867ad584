import { readFileSync } from "node:fs";
import { createDeviceMachine, DEVICE_TRANSITIONS, type DeviceInput } from "@org/mosip-mds-types";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const at = (milliseconds: number): Date => new Date(1_700_000_000_000 + milliseconds);
const ready = () => createDeviceMachine({ registered: true, connected: true });

describe("a device", () => {
  test("captures one at a time", () => {
    const device = ready();
    expect(device.receive({ type: "begin-capture", timeoutMs: 100 }, at(0))).toEqual({
      state: "busy",
      ended: [],
      wakeAt: at(100),
    });
    expect(device.receive({ type: "begin-capture", timeoutMs: 100 }, at(1)).refused).toBe("111");
    expect(device.receive({ type: "end-capture" }, at(2)).state).toBe("ready");
    expect(
      device.receive({ type: "begin-capture", timeoutMs: 100 }, at(3)).refused,
    ).toBeUndefined();
  });

  test("is ready again when a capture's time is up", () => {
    const device = ready();
    device.receive({ type: "begin-capture", timeoutMs: 100 }, at(0));
    expect(device.receive({ type: "tick" }, at(99)).ended).toEqual([]);
    expect(device.receive({ type: "tick" }, at(100))).toEqual({
      state: "ready",
      ended: ["capture"],
    });
  });

  test("shows no frames while it captures, and shows them again after", () => {
    const device = ready();
    device.receive({ type: "begin-stream", timeoutMs: 10_000 }, at(0));
    expect(device.showsFrames).toBe(true);
    device.receive({ type: "begin-capture", timeoutMs: 100 }, at(1));
    expect([device.streaming, device.showsFrames]).toEqual([true, false]);
    device.receive({ type: "end-capture" }, at(2));
    expect(device.showsFrames).toBe(true);
    expect(device.receive({ type: "begin-stream", timeoutMs: 1 }, at(3)).refused).toBe("111");
    expect(device.receive({ type: "tick" }, at(10_000)).ended).toEqual(["stream"]);
    expect(device.showsFrames).toBe(false);
  });

  test("ends what runs when it is unplugged or taken off", () => {
    for (const type of ["disconnect", "deregister"] as const) {
      const device = ready();
      device.receive({ type: "begin-stream", timeoutMs: 100 }, at(0));
      device.receive({ type: "begin-capture", timeoutMs: 100 }, at(0));
      expect(device.receive({ type }, at(1)).ended).toEqual(["capture", "stream"]);
    }
  });

  test("refuses in each state with the code of that state", () => {
    const capture = { type: "begin-capture", timeoutMs: 1 } as const;
    const unknown = createDeviceMachine({ registered: false, connected: true });
    expect(unknown.receive(capture, at(0)).refused).toBe("100");
    const unplugged = createDeviceMachine({ registered: true, connected: false });
    expect(unplugged.receive(capture, at(0)).refused).toBe("110");
  });

  test("registered while unplugged, it is not ready", () => {
    const device = createDeviceMachine({ registered: false, connected: false });
    expect(device.receive({ type: "register" }, at(0)).state).toBe("not-ready");
    expect(device.receive({ type: "connect" }, at(0)).state).toBe("ready");
  });

  test("whatever comes, it is in one of its states and never captures twice", () => {
    const inputs = fc.oneof(
      ...(
        [
          "register",
          "deregister",
          "connect",
          "disconnect",
          "end-capture",
          "end-stream",
          "tick",
        ] as const
      ).map((type) => fc.constant({ type } as DeviceInput)),
      ...(["begin-capture", "begin-stream"] as const).map((type) =>
        fc.integer({ min: 1, max: 50 }).map((timeoutMs): DeviceInput => ({ type, timeoutMs })),
      ),
    );
    fc.assert(
      fc.property(fc.array(inputs, { maxLength: 40 }), (sequence) => {
        const device = ready();
        let running = false;
        sequence.forEach((input, index) => {
          const { state, refused, ended } = device.receive(input, at(10 * index));
          running =
            (running || (input.type === "begin-capture" && refused === undefined)) &&
            input.type !== "end-capture" &&
            !ended.includes("capture");
          expect(state === "busy").toBe(running);
        });
      }),
    );
  });
});

test("the diagram in the documentation is the table", () => {
  const page = readFileSync("docs/protocols/mosip-mds.md", "utf8");
  const drawn = [...page.matchAll(/^ {4}([a-z_]+) --> ([a-z_]+): ([a-z-]+)$/gm)].map(
    ([, from, to, input]) => ({
      from: from!.replace("_", "-"),
      input,
      to: to!.replace("_", "-"),
    }),
  );
  expect(drawn).toEqual(DEVICE_TRANSITIONS);
});
