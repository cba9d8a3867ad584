import type { Clock } from "../clock.js";
import type { SessionKeyOpener } from "../encryption/session.js";
import { MdsError } from "../errors.js";
import type { HashRule } from "../hash-chain/rule.js";
import type { BioRequest, CaptureRequest, StreamRequest } from "../model/types.js";
import type { Operation, Profile } from "../profiles/profile.js";
import * as draft from "../profiles/sbi-draft-1/match.js";
import { type VerifiedCapture, verifyCapture } from "../verification/capture.js";
import { type VerifiedDevice, verifyDeviceInfo } from "../verification/device-info.js";
import { modalityAsked } from "../verification/expectations.js";
import type { CaptureKind } from "../verification/open-segment.js";
import type { Trust } from "../verification/trust.js";
import { type BioSubType, FINGERS } from "../vocabulary/bio-sub-type.js";
import type { Modality } from "../vocabulary/modality.js";
import type { Level } from "../vocabulary/terms.js";
import { createMjpegParser } from "./mjpeg.js";
import { type HttpReply, readText, type Send, withDeadline } from "./transport.js";

export interface MdsClientOptions {
  readonly send: Send;
  readonly clock: Clock;
  readonly profile: Profile;
  /** From discovery. */
  readonly baseUrl: string;
  readonly trust?: Trust;
  /** Sent as EXT. */
  readonly appName?: string;
  /** For discovery and device info; captures and streams bring their own. 10 s by default. */
  readonly timeoutMs?: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

export interface CaptureOptions extends CallOptions {
  /** Opens what comes encrypted. */
  readonly opener?: SessionKeyOpener;
  readonly hashRule?: HashRule;
  /** What discovery or device info said of the device. */
  readonly level?: Level;
  readonly serialNo?: string;
  readonly windowMs?: number;
}

/** What was sent and received, and what it proves. */
export interface CaptureResult extends VerifiedCapture {
  readonly request: string;
  readonly answer: string;
  /** What the version could not say of the request, and what it had to be told. */
  readonly lost: readonly string[];
  readonly assumed: readonly string[];
}

/** One picture of a preview. */
export interface StreamFrame {
  readonly jpeg: Uint8Array;
  readonly receivedAt: Date;
}

/** A client of one device service of one version. */
export interface MdsClient {
  readonly profile: Profile;
  /** Device info, with a report for each device. */
  info(modality?: Modality, options?: CallOptions): Promise<readonly VerifiedDevice[]>;
  /** CAPTURE: for authentication, encrypted. */
  capture(request: CaptureRequest, options?: CaptureOptions): Promise<CaptureResult>;
  /** RCAPTURE: for registration, in the clear. */
  registrationCapture(request: CaptureRequest, options?: CaptureOptions): Promise<CaptureResult>;
  /** STREAM: pictures until the device or the caller ends it. */
  stream(request: StreamRequest, options?: CallOptions): AsyncGenerator<StreamFrame, void, void>;
  /** Draft 1: compares with a credential. @throws MdsError `OPERATION_UNSUPPORTED` in other versions. */
  match(request: draft.MatchRequest, options?: CallOptions): Promise<draft.MatchResponse>;
}

/** Time that an answer may need beyond the time-out of its capture. */
const GRACE_MS = 5_000;

/**
 * @throws MdsError from every method: `UNREACHABLE`, `TIMED_OUT`, `HTTP_STATUS`, `BODY_TOO_LARGE`,
 * `JSON_MALFORMED`, `MESSAGE_INVALID`. What a device refuses is in its answer, not an exception.
 */
export const createMdsClient = (options: MdsClientOptions): MdsClient => {
  const { send, clock, profile, baseUrl, timeoutMs = 10_000 } = options;
  const trust = options.trust ?? { anchors: [] };

  const call = async (
    operation: Operation,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<HttpReply> => {
    const endpoint = profile.endpoints[operation];
    if (endpoint === undefined) {
      throw new MdsError("OPERATION_UNSUPPORTED", `${profile.name} has no ${operation}`);
    }
    const reply = await send({
      method: endpoint.verb,
      url: `${baseUrl}${endpoint.path}`,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(options.appName === undefined ? {} : { ext: options.appName }),
      },
      ...(body === undefined ? {} : { body }),
      signal,
    });
    if (reply.status !== 200) {
      throw new MdsError("HTTP_STATUS", `expected status 200, found ${reply.status}`, {
        status: reply.status,
      });
    }
    return reply;
  };

  const exchange = (
    operation: Operation,
    body: string | undefined,
    milliseconds: number,
    signal: AbortSignal | undefined,
  ): Promise<string> =>
    withDeadline(
      async (inner) => readText(await call(operation, body, inner)),
      milliseconds,
      clock,
      signal,
    );

  const capture = async (
    kind: CaptureKind,
    asked: CaptureRequest,
    { signal, ...judging }: CaptureOptions = {},
  ): Promise<CaptureResult> => {
    const translator =
      kind === "capture" ? profile.captureRequest : profile.registrationCaptureRequest;
    const request: CaptureRequest = {
      specVersion: profile.specVersion,
      captureTime: clock.now(),
      purpose: kind === "capture" ? "auth" : "registration",
      timeoutMs: 30_000,
      ...asked,
      ...(kind === "capture" && asked.bio !== undefined ? { bio: named(asked.bio, profile) } : {}),
    };
    const written = translator.write(request);
    const wait = (request.timeoutMs ?? 0) + GRACE_MS;
    const answer = await exchange(kind, written.value, wait, signal);
    const verified = await verifyCapture(answer, {
      ...judging,
      profile,
      kind,
      trust,
      at: clock.now(),
      request,
    });
    return {
      ...verified,
      request: written.value,
      answer,
      lost: written.lost,
      assumed: written.assumed,
    };
  };

  async function* stream(
    request: StreamRequest,
    { signal }: CallOptions = {},
  ): AsyncGenerator<StreamFrame, void, void> {
    signal?.throwIfAborted();
    const ending = new AbortController();
    const end = (): void => ending.abort();
    signal?.addEventListener("abort", end, { once: true });
    try {
      const body = profile.streamRequest.write({ specVersion: profile.specVersion, ...request });
      const reply = await call("stream", body.value, ending.signal);
      if ((reply.header("content-type") ?? "").includes("json")) {
        throw streamRefused(await readText(reply));
      }
      const parser = createMjpegParser();
      for await (const bytes of reply.body) {
        for (const jpeg of parser.push(bytes)) {
          yield { jpeg, receivedAt: clock.now() };
        }
      }
    } catch (error) {
      if (!ending.signal.aborted) {
        throw error;
      }
    } finally {
      signal?.removeEventListener("abort", end);
      ending.abort();
    }
  }

  return {
    profile,
    info: async (modality, { signal } = {}) => {
      const asked = { ...(modality === undefined ? {} : { modality }) };
      const body = profile.infoRequest?.write({ ...asked, specVersion: profile.specVersion }).value;
      const answer = await exchange("info", body, timeoutMs, signal);
      return verifyDeviceInfo(answer, { profile, trust, at: clock.now() });
    },
    capture: (request, given) => capture("capture", request, given),
    registrationCapture: (request, given) => capture("registration-capture", request, given),
    stream,
    match: async (request, { signal } = {}) => {
      const wait = request.timeout + GRACE_MS;
      const body = draft.MatchRequest.encode(request);
      return draft.MatchResponse.decode(await exchange("match", body, wait, signal));
    },
  };
};

/**
 * Since 0.9.5 a capture for authentication names as many fingers or eyes as it counts, and has a word for
 * those that may be any. MDS 0.9.5, "Device Capture".
 */
const named = (bio: readonly BioRequest[], { name }: Profile): readonly BioRequest[] =>
  name === "0.8.4" || name === "0.9.2"
    ? bio
    : bio.map((one) =>
        one.subTypes !== undefined || modalityAsked(one) === "face"
          ? one
          : { ...one, subTypes: anyOf(one.count ?? 1) },
      );

const anyOf = (count: number): readonly BioSubType[] =>
  Array.from({ length: Math.min(count, FINGERS.length) }, () => "unknown");

/** A stream that a device refuses: the error object stands in the message. */
const streamRefused = (text: string): MdsError => {
  const code = /"errorcode"\s*:\s*"?(\d{1,4})/i.exec(text)?.[1] ?? "unknown";
  return new MdsError("DEVICE_REFUSED", `expected frames, found error ${code} of the device`);
};
