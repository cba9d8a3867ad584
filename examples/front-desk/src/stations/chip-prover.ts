import { randomBytes, randomUUID } from "node:crypto";
import { type CloseReport, closeReasonOf, createClientV2, runClient } from "@org/docval-protocol";
import { createEmrtdClientChip } from "@org/docval-protocol/emrtd";
import type { Password } from "@org/emrtd-core";
import type { Jpeg2000Decoder } from "@org/emrtd-core/images";
import { nodeCrypto } from "@org/emrtd-core/node";
import { type ApduTransport, type Channel, systemClock, waitForCard } from "@org/transports";
import { openWebSocket } from "@org/transports/node/websocket";
import type { ChipKey, Outcome, Picture, ProvedChip } from "../story/index.js";
import { portraitOf } from "./pictures.js";
import type { ResultDesk, SignedResult } from "./result-desk.js";
import { codeOf, failed, within } from "./station.js";
import { fieldsOf, proofsOf, verdictOf } from "./verdict.js";

export interface ChipProverOptions {
  /** The card reader: the chip's own way to the desk. */
  readonly card: () => Promise<ApduTransport>;
  /** Of a DocVal server, version 2. */
  readonly url: string;
  readonly clientId: string;
  readonly authorization?: string;
  readonly results: ResultDesk;
  readonly decoder: Jpeg2000Decoder;
  /** How long a chip may take to show up; default 5,000 ms. */
  readonly chipMs?: number;
}

/** Reads a chip and has it proved. */
export type ProveChip = (key: ChipKey, signal: AbortSignal) => Promise<Outcome>;

/**
 * The desk as a DocVal client: it opens the chip, carries bytes between it and the server, sends the files,
 * and takes the verdict from nothing but the result that the server signs and posts.
 */
export const createChipProver = (options: ChipProverOptions): ProveChip => {
  const { url, clientId, authorization, results, decoder, chipMs = 5_000 } = options;
  return async (key, signal) => {
    const card = await attempt(options.card());
    if ("error" in card) return failed("chip", "NO_CHIP", codeOf(card.error));
    const present = await within(waitForCard(card.value, { signal }), chipMs, signal);
    if (present === undefined) return failed("chip", "NO_CHIP");
    const validationId = randomUUID();
    const place = results.expect(validationId);
    try {
      const headers = authorization === undefined ? {} : { authorization };
      const channel = await attempt(openWebSocket(url, { headers, signal }));
      signal.throwIfAborted();
      if ("error" in channel) return failed("chip", "DOCVAL_AWAY", codeOf(channel.error));
      const close = await carry(channel.value, card.value, { clientId, validationId, key, signal });
      signal.throwIfAborted();
      if (place.result !== undefined) return outcomeOf(place.result, decoder);
      return failureOf(close);
    } finally {
      place.close();
    }
  };
};

const attempt = async <T>(
  promise: Promise<T>,
): Promise<{ readonly value: T } | { readonly error: unknown }> =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

interface Errand {
  readonly clientId: string;
  readonly validationId: string;
  readonly key: ChipKey;
  readonly signal: AbortSignal;
}

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

const carry = async (
  channel: Channel,
  card: ApduTransport,
  { clientId, validationId, key, signal }: Errand,
): Promise<CloseReport> => {
  const chip = createEmrtdClientChip({
    access: key satisfies Password,
    random,
    crypto: nodeCrypto,
  });
  const client = createClientV2({ clientId, validationId, chip, random, sendResult: false });
  const transceive = (command: Uint8Array) => card.transceive(command);
  return (await runClient(channel, client, { transceive, clock: systemClock, signal })).close;
};

/** Why there is no result. */
const failureOf = (close: CloseReport): Outcome => {
  const reason = closeReasonOf(close) ?? close.reason;
  if (reason === "ACCESS_CONTROL_FAILED") return failed("chip", "WRONG_KEY");
  if (reason === "NFC_CHIP_COMMUNICATION_FAILED" || reason === "FILE_READ_ERROR") {
    return failed("chip", "CHIP_LOST", [reason]);
  }
  if (close.by === "lost" || close.by === "timeout")
    return failed("chip", "DOCVAL_AWAY", [close.by]);
  // All is well for the server: the result went elsewhere, or was not signed by a key that is known.
  if (close.posted || reason === "POST_TO_RESULT_SERVER_FAILED") {
    return failed("chip", "RESULT_MISSING", reason === "" ? [] : [reason]);
  }
  return failed("chip", "DOCVAL_REFUSED", [reason]);
};

const outcomeOf = ({ passport, keyId }: SignedResult, decoder: Jpeg2000Decoder): Outcome => {
  const verdict = verdictOf(passport);
  const portrait = pictureOf(passport, decoder);
  const chip: ProvedChip = {
    verdict,
    proofs: proofsOf(passport),
    problems: passport.errors,
    fields: fieldsOf(passport),
    ...(portrait === undefined ? {} : { portrait }),
    keyId,
  };
  if (verdict === "authentic") return { step: "chip", chip };
  const failure = verdict === "not-authentic" ? "NOT_AUTHENTIC" : "UNDETERMINED";
  return failed("chip", failure, passport.errors, { chip });
};

/** From the file where the server sends it along, else the JPEG that the server made of it. */
const pictureOf = (
  { filesBinary, facePhoto }: SignedResult["passport"],
  decoder: Jpeg2000Decoder,
): Picture | undefined => {
  const dg2 = filesBinary?.["dg2"];
  if (dg2 !== undefined) return portraitOf(dg2, decoder);
  return facePhoto === null ? undefined : { mediaType: "image/jpeg", bytes: facePhoto };
};
