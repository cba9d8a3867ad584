import type { SessionKeyOpener } from "../encryption/session.js";
import { type HashedBlock, verifyHashChain } from "../hash-chain/chain.js";
import { detectHashRule } from "../hash-chain/detect.js";
import type { HashRule } from "../hash-chain/rule.js";
import type { CaptureRequest, DataBlock, DigitalId } from "../model/types.js";
import type { Profile } from "../profiles/profile.js";
import { splitSegmentSignature } from "../signature/detached.js";
import { type DeviceError, isSuccess } from "../vocabulary/error-code.js";
import type { Level } from "../vocabulary/terms.js";
import { judgeDigitalId } from "./digital-id-check.js";
import { judgeCount, judgeQuality } from "./expectations.js";
import {
  type CaptureKind,
  type Decrypted,
  hashedBlock,
  type OpenSegment,
  openSegment,
  openValue,
} from "./open-segment.js";
import {
  type Check,
  type CheckId,
  failed,
  notApplicable,
  passed,
  type Report,
  undetermined,
  verdictOf,
  worstOf,
} from "./report.js";
import { judgeDetached, judgeToken, type SignedPart, signerCache } from "./signed-part.js";
import { type ParsedTrust, parseTrust, type Trust } from "./trust.js";

/** How far the device's clock may be from ours: what registration clients allow. */
export const DEFAULT_WINDOW_MS = 300_000;

export interface VerifyCaptureOptions {
  readonly profile: Profile;
  readonly kind: CaptureKind;
  readonly trust: Trust;
  /** When the answer came. */
  readonly at: Date;
  /** What was asked; without it, quality and count have nothing to be judged by. */
  readonly request?: CaptureRequest;
  /** Opens session keys; without it encrypted values stay closed. */
  readonly opener?: SessionKeyOpener;
  /** The version's own rule unless another is known to be the device's. */
  readonly hashRule?: HashRule;
  /** What discovery or device info said of the device. */
  readonly level?: Level;
  readonly serialNo?: string;
  readonly windowMs?: number;
}

/** One finger, eye or face of an answer, as far as it could be opened. */
export interface VerifiedSegment {
  readonly error?: DeviceError;
  readonly block?: DataBlock;
  /** Record or image in the clear. */
  readonly value?: Uint8Array;
  readonly digitalId?: DigitalId;
  /** The device encoded the payload twice. */
  readonly doublyEncoded?: true;
}

export interface VerifiedCapture {
  readonly report: Report;
  readonly segments: readonly VerifiedSegment[];
  readonly requestOrigin?: string;
}

/**
 * Reads the answer to a capture and judges it.
 *
 * Everything is judged over the bytes received. What the device did wrong is in the report, never an
 * exception: only an answer that is no message of the version at all is thrown.
 *
 * @throws MdsError `JSON_MALFORMED`, `MESSAGE_INVALID`; `KEY_INVALID` for a bad anchor.
 */
export const verifyCapture = async (
  text: string,
  options: VerifyCaptureOptions,
): Promise<VerifiedCapture> => {
  const { profile, kind, request, opener } = options;
  const trust = parseTrust(options.trust);
  const translator = kind === "capture" ? profile.capture : profile.registrationCapture;
  const { requestOrigin, segments } = translator.read(text);
  const opened = segments.map(({ value }) => openSegment(value, profile, kind));
  const context = { ...options, trust, cache: signerCache(), opener };
  const judged = await Promise.all(opened.map((segment) => judgeSegment(segment, context)));
  const relevant = judged.filter(({ open }) => isSuccess(open.segment.error));
  const blocks = relevant.flatMap(({ open, believed }) =>
    believed && open.content !== undefined ? [open.content.block] : [],
  );
  const altered = relevant.some(({ believed }) => !believed);
  const unlessAltered = (check: Check): Check =>
    altered ? undetermined(check.id, "DATA_NOT_AUTHENTIC") : check;
  const worst = (id: CheckId): Check =>
    relevant.length === 0
      ? undetermined(id, "DEVICE_ERROR")
      : worstOf(
          id,
          relevant.map(({ checks }) => checks.find((check) => check.id === id)!),
        );
  const checks: readonly Check[] = [
    worst("signature"),
    worst("certificate-chain"),
    worst("digital-id"),
    relevant.length === 0
      ? undetermined("hash-chain", "DEVICE_ERROR")
      : await judgeHashChain(relevant, options),
    worst("time-window"),
    worst("decryption"),
    unlessAltered(judgeQuality(request, blocks)),
    unlessAltered(judgeCount(request, blocks)),
  ];
  return {
    report: { verdict: verdictOf(checks), checks },
    segments: judged.map(presentSegment),
    ...(requestOrigin === undefined ? {} : { requestOrigin }),
  };
};

interface JudgedSegment {
  readonly open: OpenSegment;
  readonly checks: readonly Check[];
  /** Nothing contradicts the signature of the data. */
  readonly believed: boolean;
  readonly decrypted: Decrypted;
  readonly digitalId?: DigitalId;
}

interface Context extends Omit<VerifyCaptureOptions, "trust" | "opener"> {
  readonly trust: ParsedTrust;
  readonly cache: ReturnType<typeof signerCache>;
  readonly opener: SessionKeyOpener | undefined;
}

const judgeSegment = async (open: OpenSegment, context: Context): Promise<JudgedSegment> => {
  const { profile, kind, at } = context;
  const part = await judgeSignature(open, context);
  const believed = part.signature.status !== "failed" && open.content !== undefined;
  const dependents: readonly CheckId[] = ["digital-id", "time-window", "decryption"];
  if (!believed || open.content === undefined) {
    return {
      open,
      believed,
      decrypted: { check: undetermined("decryption", "DATA_NOT_AUTHENTIC") },
      checks: [
        part.signature,
        part.chain,
        ...dependents.map((id) => undetermined(id, "DATA_NOT_AUTHENTIC")),
      ],
    };
  }
  const { block } = open.content;
  const decrypted = await openValue(open, profile, kind, context.opener);
  const identity =
    profile.captureDigitalId === "none"
      ? { check: notApplicable("digital-id", "NOT_IN_THIS_VERSION") }
      : await judgeDigitalId(block.digitalId, {
          profile,
          trust: context.trust,
          unsignedByVersion: profile.captureDigitalId === "unsigned",
          level: context.level,
          deviceKey: part.signer,
          deviceTime: block.timestamp,
          windowMs: context.windowMs ?? DEFAULT_WINDOW_MS,
          serialNos: [block.serialNo, context.serialNo],
          at,
          cache: context.cache,
        });
  return {
    open,
    believed,
    decrypted,
    checks: [
      part.signature,
      part.chain,
      identity.check,
      judgeTime(block, context),
      decrypted.check,
    ],
    ...("digitalId" in identity && identity.digitalId !== undefined
      ? { digitalId: identity.digitalId }
      : {}),
  };
};

const judgeSignature = async (open: OpenSegment, context: Context): Promise<SignedPart> => {
  const { trust, at, cache } = context;
  const { content, segment } = open;
  if (content === undefined) {
    return {
      signature: failed("signature", open.unreadable ?? "TOKEN_MALFORMED"),
      chain: undetermined("certificate-chain", "DATA_NOT_AUTHENTIC"),
    };
  }
  const signedAt = content.block.timestamp;
  if (content.token !== undefined) {
    return judgeToken(content.token, trust.anchors, trust.devices, signedAt, at, cache);
  }
  const { block, hash } = splitSegmentSignature(segment.signature ?? "");
  const part = await judgeDetached(
    content.json,
    block,
    trust.anchors,
    trust.devices,
    signedAt ?? at,
  );
  if (hash === undefined || part.signer === undefined) {
    return part;
  }
  const second = await judgeDetached(segment.hash ?? "", hash, [], [part.signer], at);
  return second.signature.status === "passed"
    ? part
    : { ...part, signature: failed("signature", "SIGNATURE_WRONG", { of: "hash" }) };
};

const judgeTime = (block: DataBlock, context: Context): Check => {
  const { request, at } = context;
  const windowMs = context.windowMs ?? DEFAULT_WINDOW_MS;
  if (block.timestamp === undefined) {
    return undetermined("time-window", "TIME_MALFORMED");
  }
  const differenceMs = block.timestamp.getTime() - at.getTime();
  if (Math.abs(differenceMs) > windowMs) {
    return failed("time-window", "TIME_OUTSIDE_WINDOW", { differenceMs, windowMs });
  }
  const asked = (["transactionId", "registrationId"] as const).filter(
    (id) => request?.[id] !== undefined,
  );
  if (asked.some((id) => block[id] !== undefined && block[id] !== request?.[id])) {
    return failed("time-window", "TRANSACTION_OTHER");
  }
  return asked.length > 0 && asked.every((id) => block[id] === undefined)
    ? undetermined("time-window", "TRANSACTION_MISSING", { differenceMs, windowMs })
    : passed("time-window", { differenceMs, windowMs });
};

const judgeHashChain = async (
  judged: readonly JudgedSegment[],
  options: VerifyCaptureOptions,
): Promise<Check> => {
  const { profile, kind, request } = options;
  const rule = options.hashRule ?? profile.hashRule;
  const previous = request?.bio?.[0]?.previousHash;
  const blocks = judged.map(
    ({ open, believed, decrypted }): HashedBlock =>
      believed
        ? hashedBlock(open, profile, kind, decrypted.value)
        : { hash: open.segment.hash ?? "" },
  );
  if (blocks.some(({ hash }) => hash === "")) {
    return undetermined("hash-chain", "NOT_IN_THIS_ANSWER", { rule });
  }
  const links = await verifyHashChain(rule, previous, blocks);
  const wrong = links.indexOf("mismatch");
  if (wrong >= 0) {
    const { rules } = await detectHashRule(previous, blocks);
    const [followed] = rules.filter((other) => other !== rule);
    return followed === undefined
      ? failed("hash-chain", "HASH_MISMATCH", { rule, segment: wrong })
      : failed("hash-chain", "HASH_OTHER_RULE", { rule, followed });
  }
  if (links.includes("undetermined")) {
    const reason = judged.every(({ believed }) => believed)
      ? "VALUE_ENCRYPTED"
      : "DATA_NOT_AUTHENTIC";
    return undetermined("hash-chain", reason, { rule });
  }
  return passed("hash-chain", { rule, links: links.length });
};

const presentSegment = ({ open, decrypted, digitalId }: JudgedSegment): VerifiedSegment => ({
  ...(open.segment.error === undefined ? {} : { error: open.segment.error }),
  ...(open.content === undefined ? {} : { block: open.content.block }),
  ...(decrypted.value === undefined ? {} : { value: decrypted.value }),
  ...(digitalId === undefined ? {} : { digitalId }),
  ...(open.content?.token?.doublyEncoded ? { doublyEncoded: true as const } : {}),
});
