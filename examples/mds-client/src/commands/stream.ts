import { command, EXIT, startTimeLimit } from "@org/command";
import { createMdsClient } from "@org/mosip-mds-types";
import { systemClock } from "@org/mosip-mds-types/http";
import { readImageHeader } from "@org/mosip-mds-types/records";
import type { Answer } from "../answer.js";
import { findDevice, namedAs } from "../find.js";
import { SERVICE_FLAGS, sendFor } from "../flags.js";
import { saveFrame } from "../save.js";

/** "Minimum frames 3 per second." */
const LEAST_RATE = 3;

export const stream = command({
  name: "stream",
  summary: "Takes the preview of a device for registration, and tells its frame rate",
  flags: {
    ...SERVICE_FLAGS,
    "sub-id": {
      type: "number",
      value: "N",
      max: 3,
      default: 0,
      help: "part of the device: 1 left, 2 right, 3 thumbs or both eyes, 0 any",
    },
    seconds: {
      type: "number",
      value: "S",
      min: 0.5,
      max: 300,
      default: 3,
      fraction: true,
      help: "how long to look",
    },
    out: { type: "text", value: "DIR", help: "folder to save the pictures in" },
  },
  async run({ flags, output, signal }) {
    const found = await findDevice(flags, "registration", output, signal);
    const { profile, port, baseUrl, modality, device } = found;
    const client = createMdsClient({ send: sendFor(flags), clock: systemClock, profile, baseUrl });
    const request = {
      env: "developer" as const,
      purpose: "registration" as const,
      transactionId: "T-PREVIEW",
      wanted: modality,
      count: 1,
      subId: flags["sub-id"],
      timeoutMs: 1_000 * flags.seconds,
      ...namedAs(device),
    };
    const limit = startTimeLimit(1_000 * flags.seconds, signal);
    const times: number[] = [];
    const files: string[] = [];
    let size = { width: 0, height: 0 };
    try {
      for await (const { jpeg, receivedAt } of client.stream(request, { signal: limit.signal })) {
        times.push(receivedAt.getTime());
        const { width, height } = readImageHeader(jpeg);
        size = { width, height };
        if (flags.out !== undefined) files.push(await saveFrame(flags.out, times.length, jpeg));
        output.progress(`${times.length} frames, ${rateText(times)}`);
      }
    } finally {
      limit.end();
    }
    signal.throwIfAborted();
    const framesPerSecond = rateOf(times);
    const document: Answer = {
      spec: profile.name,
      port,
      answer: { frames: times.length, framesPerSecond, leastFramesPerSecond: LEAST_RATE, ...size },
      report: null,
      files,
    };
    const text = `${times.length} frames of ${size.width} by ${size.height}, ${rateText(times)} (at least ${LEAST_RATE} are demanded)`;
    output.result(document, [text, ...files].join("\n"));
    return times.length > 0 ? EXIT.yes : EXIT.no;
  },
});

/** Frames a second between the first and the last; null for fewer than two. */
const rateOf = (times: readonly number[]): number | null => {
  const spent = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return spent > 0 ? Math.round((10_000 * (times.length - 1)) / spent) / 10 : null;
};

const rateText = (times: readonly number[]): string =>
  `${rateOf(times)?.toFixed(1) ?? "?"} a second`;
