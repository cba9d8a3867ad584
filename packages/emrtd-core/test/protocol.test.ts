import { describe, expect, test } from "vitest";
import { withWholeAnswers } from "../src/iso7816/response-chaining.js";
import { drive, type Protocol } from "../src/protocol.js";

const command = { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 };
const success = async () => Uint8Array.of(0x90, 0x00);

/** Counts the commands that were answered and says how it ended. */
function* counting(log: string[], most = Number.POSITIVE_INFINITY): Protocol<number> {
  let answered = 0;
  try {
    while (answered < most) {
      yield command;
      answered++;
    }
  } catch {
    log.push("caught");
  } finally {
    log.push("ended");
  }
  return answered;
}

describe("drive", () => {
  test("sends encoded commands, gives decoded answers, returns the result", async () => {
    function* reading(): Protocol<unknown> {
      return [yield command, yield { ...command, p2: 4 }];
    }
    const sent: Uint8Array[] = [];
    const result = await drive(reading(), async (bytes) => {
      sent.push(bytes);
      return Uint8Array.of(sent.length, 0x62, 0x82);
    });
    expect(sent).toEqual([Uint8Array.of(0, 0xb0, 0, 0, 4), Uint8Array.of(0, 0xb0, 0, 4, 4)]);
    expect(result).toEqual([
      { data: Uint8Array.of(1), statusWord: 0x6282 },
      { data: Uint8Array.of(2), statusWord: 0x6282 },
    ]);
  });

  test("throws the transport's error into the conversation, which returns what it has", async () => {
    const log: string[] = [];
    let left = 3;
    const transceive = async () => {
      if (left-- === 0) throw new Error("tag lost");
      return Uint8Array.of(0x90, 0x00);
    };
    expect(await drive(counting(log), transceive)).toBe(3);
    expect(log).toEqual(["caught", "ended"]);
  });

  test("rejects with the transport's error where the conversation does not catch it", async () => {
    const lost = new Error("tag lost");
    function* fragile(): Protocol<void> {
      yield command;
    }
    await expect(drive(fragile(), () => Promise.reject(lost))).rejects.toBe(lost);
  });

  test("an answer shorter than a status word is the transport's error", async () => {
    const log: string[] = [];
    expect(await drive(counting(log), async () => Uint8Array.of(0x90))).toBe(0);
    expect(log).toEqual(["caught", "ended"]);
    function* fragile(): Protocol<void> {
      yield command;
    }
    await expect(drive(fragile(), async () => new Uint8Array(0))).rejects.toMatchObject({
      code: "TRANSPORT_FAILED",
    });
  });

  test("rejects with what the conversation throws", async () => {
    const wrong = new Error("wrong");
    function* failing(): Protocol<void> {
      yield command;
      throw wrong;
    }
    await expect(drive(failing(), success)).rejects.toBe(wrong);
  });

  test("does not begin after an abort", async () => {
    const log: string[] = [];
    const reason = new Error("stop");
    const sent: Uint8Array[] = [];
    const signal = AbortSignal.abort(reason);
    const transceive = async (bytes: Uint8Array) => {
      sent.push(bytes);
      return bytes;
    };
    await expect(drive(counting(log), transceive, { signal })).rejects.toBe(reason);
    expect(sent).toEqual([]);
  });

  test("an abort between two answers ends the conversation and rejects with its reason", async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const reason = new Error("stop");
    let sent = 0;
    const transceive = async () => {
      if (++sent === 2) controller.abort(reason);
      return Uint8Array.of(0x90, 0x00);
    };
    await expect(drive(counting(log), transceive, { signal: controller.signal })).rejects.toBe(
      reason,
    );
    expect(sent).toBe(2);
    expect(log).toEqual(["ended"]);
  });

  test("an abort does not wait for a transport that never answers", async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const run = drive(counting(log), () => new Promise<Uint8Array>(() => {}), {
      signal: controller.signal,
    });
    controller.abort(new Error("stop"));
    await expect(run).rejects.toThrow("stop");
    expect(log).toEqual(["ended"]);
  });

  test("a signal that is not aborted changes nothing", async () => {
    const { signal } = new AbortController();
    expect(await drive(counting([], 5), success, { signal })).toBe(5);
  });
});

describe("whole answers", () => {
  function* reading(): Protocol<unknown> {
    return yield command;
  }

  test("61xx is fetched with GET RESPONSE until it is done", () => {
    const protocol = withWholeAnswers(reading());
    expect(protocol.next().value).toEqual(command);
    expect(protocol.next({ data: Uint8Array.of(1, 2), statusWord: 0x6101 }).value).toEqual({
      cla: 0,
      ins: 0xc0,
      p1: 0,
      p2: 0,
      le: 1,
    });
    expect(protocol.next({ data: Uint8Array.of(3), statusWord: 0x6100 }).value).toMatchObject({
      le: 256,
    });
    expect(protocol.next({ data: Uint8Array.of(4), statusWord: 0x6282 })).toEqual({
      done: true,
      value: { data: Uint8Array.of(1, 2, 3, 4), statusWord: 0x6282 },
    });
  });

  test("GET RESPONSE is no piece of the chain that it follows", () => {
    function* chain(): Protocol<unknown> {
      return yield { cla: 0x10, ins: 0x86, p1: 0, p2: 0, data: Uint8Array.of(0x7c, 0), le: 256 };
    }
    const protocol = withWholeAnswers(chain());
    protocol.next();
    const { value } = protocol.next({ data: new Uint8Array(0), statusWord: 0x6110 });
    expect(value).toEqual({ cla: 0, ins: 0xc0, p1: 0, p2: 0, le: 16 });
  });

  test("6Cxx repeats the command once, with the Le that it names", () => {
    const protocol = withWholeAnswers(reading());
    protocol.next();
    expect(protocol.next({ data: new Uint8Array(0), statusWord: 0x6c00 }).value).toEqual({
      ...command,
      le: 256,
    });
    const again = { data: new Uint8Array(0), statusWord: 0x6c02 };
    expect(protocol.next(again)).toEqual({ done: true, value: again });
  });

  test("what is thrown in reaches the conversation above", () => {
    const log: string[] = [];
    const protocol = withWholeAnswers(counting(log));
    protocol.next();
    expect(protocol.throw(new Error("tag lost"))).toEqual({ done: true, value: 0 });
    expect(log).toEqual(["caught", "ended"]);
  });

  test("ending it ends the conversation above", () => {
    const log: string[] = [];
    const protocol = withWholeAnswers(counting(log));
    protocol.next();
    protocol.return(0);
    expect(log).toEqual(["ended"]);
  });
});
