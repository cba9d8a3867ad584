import { createServer } from "node:net";
import {
  allPorts,
  createMjpegParser,
  discover,
  discoverPort,
  MdsError,
  type PortFinding,
  recogniseProfile,
  resolveCallback,
  type Send,
} from "@org/mosip-mds-types";
import { fetchSend, handlerSend, systemClock } from "@org/mosip-mds-types/http";
import { describe, expect, test } from "vitest";
import { BASE, createWorld, PORT, verbSend } from "./world.js";

const collect = async (findings: AsyncIterable<PortFinding>): Promise<PortFinding[]> => {
  const all: PortFinding[] = [];
  for await (const finding of findings) {
    all.push(finding);
  }
  return all;
};

const reply = (status: number, text: string) => ({
  status,
  header: () => undefined,
  body: (async function* () {
    yield new TextEncoder().encode(text);
  })(),
});

describe("discovery", () => {
  test("asks every port at once and yields each as soon as it is there", async () => {
    let open = 0;
    let most = 0;
    const send: Send = async ({ url, signal }) => {
      open++;
      most = Math.max(most, open);
      const port = Number(new URL(url).port);
      await systemClock.sleep(port === 4501 ? 80 : 1, signal as never);
      open--;
      throw new MdsError("UNREACHABLE", "no");
    };
    const findings = await collect(discover(send, { clock: systemClock }));
    expect(most).toBe(100);
    expect(findings).toHaveLength(100);
    expect(findings[99]?.port).toBe(4501);
    expect(new Set(findings.map(({ reason }) => reason))).toEqual(new Set(["closed"]));
  });

  test("finds the 100 ports of the range", () => {
    expect([allPorts()[0], allPorts()[99], allPorts().length]).toEqual([4501, 4600, 100]);
  });

  test("says why a port has no device", async () => {
    const reason = async (send: Send, timeoutMs = 1_000) =>
      (await discoverPort(send, 4501, { clock: systemClock, timeoutMs })).reason;
    expect(await reason(async () => reply(404, ""))).toBe("wrong-verb");
    expect(await reason(async () => reply(403, ""))).toBe("forbidden");
    expect(await reason(async () => reply(200, "<html>"))).toBe("not-a-device-service");
    expect(await reason(async () => reply(200, "[]"))).toBe("no-match");
    expect(await reason(async () => Promise.reject(new Error("parse")))).toBe("no-http");
    expect(await reason(() => new Promise(() => undefined), 20)).toBe("timed-out");
  });

  test("an abort ends it at once", async () => {
    const ending = new AbortController();
    const findings = collect(
      discover(() => new Promise(() => undefined), { clock: systemClock, signal: ending.signal }),
    );
    setTimeout(() => ending.abort(), 20);
    expect(new Set((await findings).map(({ reason }) => reason))).toEqual(new Set(["aborted"]));
  });

  test("with real sockets: closed, silent, of another language, and a device", async () => {
    const talks = createServer((socket) => socket.end("220 mail ready\r\n"));
    const silent = createServer();
    const ports = await Promise.all(
      [talks, silent].map(
        (server) =>
          new Promise<number>((resolve) =>
            server.listen(0, "127.0.0.1", () =>
              resolve((server.address() as { port: number }).port),
            ),
          ),
      ),
    );
    const closed = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => {
        const { port } = server.address() as { port: number };
        server.close(() => resolve(port));
      });
    });
    for (const send of [verbSend(), verbSend({ raw: true }), fetchSend()]) {
      const found = await collect(
        discover(send, { clock: systemClock, ports: [...ports, closed], timeoutMs: 300 }),
      );
      const reasons = Object.fromEntries(found.map(({ port, reason }) => [port, reason]));
      expect(reasons[closed]).toBe("closed");
      expect(reasons[ports[1]!]).toBe("timed-out");
      expect(["no-http", "closed"]).toContain(reasons[ports[0]!]);
    }
    talks.close();
    silent.close();
  });

  test("a browser that keeps back a verb without a reason is asked with the others", async () => {
    const { handler } = await createWorld("sbi-draft-1");
    const tried: string[] = [];
    const found = await discoverPort(
      async (call) => {
        tried.push(call.method);
        if (call.method !== "POST") {
          throw new MdsError("UNREACHABLE", "no", { cause: new TypeError("Failed to fetch") });
        }
        return handlerSend(handler)(call);
      },
      PORT,
      { clock: systemClock },
    );
    expect(tried).toEqual(["MOSIPDISC", "SBIDISC", "POST"]);
    expect(found).toMatchObject({ profile: "sbi-draft-1", devices: [{}, {}] });
    expect(found).not.toHaveProperty("other");
  });

  test("a port that the system calls closed is not asked again", async () => {
    let tried = 0;
    const cause = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    for (const error of [cause, new TypeError("fetch failed", { cause })]) {
      const found = await discoverPort(
        async () => {
          tried += 1;
          throw new MdsError("UNREACHABLE", "no", { cause: error });
        },
        PORT,
        { clock: systemClock },
      );
      expect(found.reason).toBe("closed");
    }
    expect(tried).toBe(2);
  });

  test("takes any type of device when the version is not known, and chooses by the digital id", async () => {
    const { handler } = await createWorld("0.9.5", "iris");
    const ask = (modality: "iris" | "face") =>
      discoverPort(handlerSend(handler), PORT, { clock: systemClock, modality });
    expect((await ask("iris")).devices).toHaveLength(2);
    expect(await ask("face")).toMatchObject({ reason: "no-match", profile: "0.9.5" });
  });
});

describe("the callback of a device", () => {
  test.each([
    ["http://127.0.0.1:4510", "http://127.0.0.1:4510", "followed"],
    ["http://127.0.0.1:4510/", "http://127.0.0.1:4510", "followed"],
    ["http://127.0.0.1:4510/info", "http://127.0.0.1:4510", "followed"],
    ["http://127.0.0.1:4510/mds/", "http://127.0.0.1:4510/mds", "followed"],
    ["http://localhost:4510", BASE, "refused"],
    ["http://127.0.0.1@evil.example:4510", BASE, "refused"],
    ["http://user@127.0.0.1:4510", BASE, "refused"],
    ["http://127.0.0.1.evil.example", BASE, "refused"],
    ["https://127.0.0.1:4510", BASE, "refused"],
    ["http://10.0.0.1:4510", BASE, "refused"],
    ["file:///etc/passwd", BASE, "refused"],
    ["com.vendor.device", BASE, "refused"],
    ["", BASE, "absent"],
    [undefined, BASE, "absent"],
  ])("%s", (callbackId, baseUrl, callback) => {
    expect(resolveCallback(callbackId, PORT)).toEqual({ baseUrl, callback });
  });
});

describe("which version an answer is of", () => {
  test.each([
    ['[{"deviceId":"1","deviceStatus":"Active","subType":"Slab"}]', "0.8.4"],
    ['[{"deviceStatus":"Active","digitalId":"e30","specVersion":["0.9.2"]}]', "0.9.2"],
    ['[{"deviceStatus":"Active","digitalId":"e30"}]', "0.9.2"],
    ['[{"deviceStatus":"Ready","digitalId":"e30","specVersion":["0.9.5","0.9.2"]}]', "0.9.5"],
    ['[{"deviceStatus":"Ready","digitalId":"e30"}]', "0.9.5"],
    ['[{"error":{"errorCode":"101","errorInfo":""}}]', "0.9.5"],
    ['[{"error":{"errorcode":"101","errorinfo":""}}]', "0.8.4"],
    ["[]", undefined],
    ["{}", undefined],
  ])("%s", (answer, name) => {
    expect(recogniseProfile("MOSIPDISC", answer)).toBe(name);
  });
});

describe("a client", () => {
  test("keeps unknown fields out of its way and reads numbers as they come", async () => {
    const { handler } = await createWorld("0.9.5");
    const send: Send = async (request) => {
      const answer = await handlerSend(handler)(request);
      const text = await new Response(
        ReadableStream.from(answer.body as AsyncIterable<Uint8Array>),
      ).text();
      const [first, ...rest] = JSON.parse(text);
      return reply(200, JSON.stringify([{ ...first, deviceSubId: [1, 2], vendor: {} }, ...rest]));
    };
    const found = await discoverPort(send, PORT, { clock: systemClock, profile: "0.9.5" });
    expect(found.devices[0]?.device.subIds).toEqual([1, 2]);
  });

  test("a refused stream is an error with the device's code", async () => {
    const { client, service } = await createWorld("0.9.5");
    service.setConnected("2", false);
    await expect(client.stream({ subId: 1 }).next()).rejects.toMatchObject({
      code: "DEVICE_REFUSED",
      message: expect.stringContaining("202"),
    });
  });

  test("an answer that is not there in time is an error of the way", async () => {
    const { client } = await createWorld("0.9.5");
    expect(client.profile.name).toBe("0.9.5");
    const ending = new AbortController();
    ending.abort(new Error("left"));
    await expect(client.info(undefined, { signal: ending.signal })).rejects.toThrow("left");
  });

  test("match is for the draft alone", async () => {
    const { client } = await createWorld("0.9.5");
    await expect(
      client.match({
        env: "Developer",
        relyingPartyUri: "https://rp.example",
        purpose: "test",
        specVersion: "draft.1",
        timeout: 100,
        transactionId: "T-1",
        credentialFormat: "ldp_vc",
        credential: {},
        captureBio: { type: "Face" },
        matchTo: { credentialElement: "photo", credentialPath: "/photo", mimeType: "JPEG2000" },
      }),
    ).rejects.toMatchObject({ code: "OPERATION_UNSUPPORTED" });
  });
});

describe("frames of a stream", () => {
  const jpeg = (fill: number, thumbnail = false): Buffer =>
    Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      thumbnail
        ? Buffer.from([0xff, 0xe1, 0x00, 0x0a, 0xff, 0xd8, 0xff, 0xd9, 0xff, 0xd8, 0xff, 0xd9])
        : Buffer.alloc(0),
      Buffer.from([0xff, 0xda, 0x00, 0x03, 0x01]),
      Buffer.from([fill, 0xff, 0x00, fill, 0xff, 0xd0, fill]),
      Buffer.from([0xff, 0xd9]),
    ]);
  const part = (boundary: string, body: Buffer, length = body.length): Buffer =>
    Buffer.concat([
      Buffer.from(`${boundary}\r\nContent-Type: image/jpeg\r\nContent-Length: ${length}\r\n\r\n`),
      body,
      Buffer.from("\r\n"),
    ]);
  const frames = [jpeg(1), jpeg(2, true), jpeg(3)];
  const streams: Record<string, Buffer> = {
    "as RFC 2046 has it": Buffer.concat(frames.map((frame) => part("--b", frame))),
    "with a wrong boundary": Buffer.concat(frames.map((frame) => part("--BoundaryString", frame))),
    "with wrong lengths": Buffer.concat(frames.map((frame) => part("--b", frame, 7))),
    "with an HTTP answer behind the end": Buffer.concat([
      ...frames.map((frame) => part("--b", frame)),
      Buffer.from("--b--\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"),
    ]),
    "without anything round them": Buffer.concat(frames),
    "with one that breaks off": Buffer.concat([
      frames[0]!,
      frames[1]!.subarray(0, 15),
      Buffer.from("\r\n--b\r\n\r\n"),
      frames[1]!,
      frames[2]!,
    ]),
  };

  test.each(Object.entries(streams))("%s, in pieces of any size", (_name, bytes) => {
    for (const size of [1, 2, 3, 7, 64, bytes.length]) {
      const parser = createMjpegParser();
      const found: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        found.push(...parser.push(new Uint8Array(bytes.subarray(at, at + size))));
      }
      expect(found.map((frame) => Buffer.from(frame))).toEqual(frames);
    }
  });

  test("a frame without an end is given up at the limit", () => {
    const parser = createMjpegParser(1_000);
    parser.push(Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2));
    expect(() => parser.push(new Uint8Array(1_001))).toThrow(MdsError);
  });

  test("a frame that trickles, and one that seems to begin everywhere, cost no more than their length", () => {
    const slow = createMjpegParser();
    const long = [...jpeg(1).subarray(0, -2), ...Array<number>(300_000).fill(7), 0xff, 0xd9];
    const found = long.flatMap((byte) => [...slow.push(Uint8Array.of(byte))]);
    expect(found).toEqual([Uint8Array.from(long)]);

    const starts = createMjpegParser();
    const many = new Uint8Array(Buffer.alloc(4_000_000, Buffer.from([0xff, 0xd8, 0xff, 0])));
    expect(starts.push(many)).toEqual([]);
    const nested = new Uint8Array(
      Buffer.alloc(4_000_000, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 5, 0xff, 0xd8, 0xff])),
    );
    expect(starts.push(nested)).toEqual([]);
    expect(starts.push(new Uint8Array(jpeg(3))).length).toBeLessThanOrEqual(1);
  });

  test("bytes that are no picture are dropped, not kept", () => {
    const parser = createMjpegParser(1_000);
    for (let i = 0; i < 1_000; i++) {
      expect(parser.push(new Uint8Array(1_000).fill(0x41))).toEqual([]);
    }
  });
});
