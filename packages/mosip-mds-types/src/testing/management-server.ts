import { decodeBase64, encodeBase64 } from "../base64.js";
import { type RandomBytes, utf8 } from "../bytes.js";
import type { Clock } from "../clock.js";
import {
  type ManagementCommand,
  ManagementReply,
  ManagementRequest,
} from "../management/messages.js";
import type { DigitalId } from "../model/types.js";
import type { Profile } from "../profiles/profile.js";
import { parseToken, signToken } from "../signature/jws.js";
import { DEFAULT_WINDOW_MS } from "../verification/capture.js";
import { judgeDigitalId } from "../verification/digital-id-check.js";
import { judgeToken, signerCache } from "../verification/signed-part.js";
import { parseTrust } from "../verification/trust.js";
import { formatMilliseconds, tryParseTime } from "../vocabulary/time.js";
import { issueCertificate, serialNumber } from "./certificate-writer.js";
import type { TestTrust } from "./trust.js";

/** A device that its provider has built and approved. */
export interface ApprovedDevice {
  readonly serialNo: string;
  readonly model: string;
}

/** What the server has learnt of a device. */
export interface ManagedRecord extends ApprovedDevice {
  readonly lastSeen?: Date;
  readonly info?: Readonly<Record<string, string>>;
  readonly certificatesIssued: number;
}

export interface ManagementServerOptions {
  readonly profile: Profile;
  readonly trust: TestTrust;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** The repository of approved devices. */
  readonly approved: readonly ApprovedDevice[];
}

/** A management server in memory. It has no way to ask for a capture. */
export interface ManagementServer {
  /** The answer to a device's question. */
  answer(request: string): Promise<string>;
  /** Told to the device at its next question. */
  command(serialNo: string, command: ManagementCommand): void;
  /** Said with the next answer, once the device server has given it. */
  setDeviceCode(serialNo: string, deviceCode: string): void;
  records(): readonly ManagedRecord[];
}

/** Device keys are to be rotated every thirty days. MDS 0.9.5, "Keys". */
const KEY_LIFE_MS = 30 * 24 * 3_600_000;

export const createManagementServer = (options: ManagementServerOptions): ManagementServer => {
  const { profile, trust, clock, random } = options;
  const believed = parseTrust(trust.trust);
  const records = new Map<string, ManagedRecord>(
    options.approved.map((device) => [device.serialNo, { ...device, certificatesIssued: 0 }]),
  );
  const waiting = new Map<string, ManagementCommand[]>();
  const codes = new Map<string, string>();
  const usedKeys = new Map<string, string>();

  const reply = (message: ManagementReply): Promise<string> =>
    signToken(utf8(ManagementReply.encode(message)), trust.members.server.signer, profile.jwsType);

  /** Genuine: signed by a trust module or device key that leads to an anchor, for this very question. */
  const identify = async (text: string): Promise<DigitalId | "not-genuine" | "too-old"> => {
    const at = clock.now();
    const cache = signerCache();
    const token = parseToken(text);
    const request = ManagementRequest.decode(token.json);
    const anchors = [...believed.trustModuleAnchors, ...believed.anchors];
    const part = await judgeToken(token, anchors, believed.devices, at, at, cache);
    const identity = await judgeDigitalId(request.digitalId, {
      profile,
      trust: { ...believed, anchors, trustModuleAnchors: anchors },
      unsignedByVersion: false,
      level: undefined,
      deviceKey: part.signer,
      deviceTime: tryParseTime(request.timestamp),
      windowMs: 2_000,
      serialNos: [],
      at,
      cache,
    });
    const sound = [part.signature, part.chain, identity.check].every(
      ({ status }) => status === "passed",
    );
    return sound && identity.digitalId !== undefined ? identity.digitalId : "not-genuine";
  };

  /** A device that was never set may have any time; one that was must be near ours. */
  const isTooOld = (record: ManagedRecord, timestamp: string): boolean => {
    const time = tryParseTime(timestamp);
    return (
      record.lastSeen !== undefined &&
      (time === undefined || Math.abs(time.getTime() - clock.now().getTime()) > DEFAULT_WINDOW_MS)
    );
  };

  const issue = async (serialNo: string, publicKey: Uint8Array): Promise<readonly Uint8Array[]> => {
    const { provider } = trust.members;
    const now = clock.now().getTime();
    const certificate = await issueCertificate(
      {
        commonName: `Device ${serialNo}`,
        organisation: "Utopia",
        subjectPublicKeyInfo: publicKey,
        serialNumber: serialNumber(random),
        notBefore: new Date(now - 60_000),
        notAfter: new Date(now + KEY_LIFE_MS),
      },
      { commonName: "Test Device Provider", organisation: "Utopia" },
      provider.signer,
    );
    return [certificate, provider.certificate];
  };

  const answer = async (text: string): Promise<string> => {
    const request = ManagementRequest.decode(parseToken(text).json);
    const { nonce, publicKey } = request;
    const head = { nonce, time: formatMilliseconds(clock.now()), commands: [] };
    const identity = await identify(text);
    if (typeof identity === "string") {
      return reply({ ...head, refused: identity });
    }
    const serialNo = identity.serialNo ?? "";
    const record = records.get(serialNo);
    if (record === undefined || record.model !== identity.model) {
      return reply({ ...head, refused: "not-approved" });
    }
    if (isTooOld(record, request.timestamp)) {
      return reply({ ...head, refused: "too-old" });
    }
    if (publicKey !== undefined && (usedKeys.get(publicKey) ?? serialNo) !== serialNo) {
      return reply({ ...head, refused: "key-in-use" });
    }
    const certificates =
      publicKey === undefined ? [] : await issue(serialNo, decodeBase64(publicKey));
    if (publicKey !== undefined) {
      usedKeys.set(publicKey, serialNo);
    }
    records.set(serialNo, {
      ...record,
      lastSeen: clock.now(),
      certificatesIssued: record.certificatesIssued + (publicKey === undefined ? 0 : 1),
      ...(request.info === undefined ? {} : { info: request.info as Record<string, string> }),
    });
    const commands = waiting.get(serialNo) ?? [];
    waiting.delete(serialNo);
    const deviceCode = codes.get(serialNo);
    return reply({
      ...head,
      commands: [...commands],
      ...(certificates.length === 0 ? {} : { certificates: certificates.map(encodeBase64) }),
      ...(deviceCode === undefined ? {} : { deviceCode }),
    });
  };

  return {
    answer,
    command: (serialNo, command) => {
      waiting.set(serialNo, [...(waiting.get(serialNo) ?? []), command]);
    },
    setDeviceCode: (serialNo, deviceCode) => {
      codes.set(serialNo, deviceCode);
    },
    records: () => [...records.values()],
  };
};
