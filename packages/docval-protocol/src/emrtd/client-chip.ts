import {
  type CommandApdu,
  type CryptoProvider,
  createDocumentReader,
  DEFAULT_READ_PLAN,
  decodeAtrInfo,
  decodeResponseApdu,
  EmrtdError,
  type FileName,
  type Password,
  type Protocol,
  portableCrypto,
  type RandomBytes,
  type ReadPlan,
  type ReadStep,
} from "@org/emrtd-core";
import type {
  ChipLengths,
  ClientChip,
  ClientReadAnswer,
  ClientReading,
  ClientReadRequest,
  ClientReadStep,
  ReadChipLengths,
} from "../chip/client-chip.js";
import { CLIENT_FILES } from "../chip/client-chip.js";
import { DocvalError } from "../errors.js";
import { commandRoom, encodeWithin, relayed } from "./apdu-room.js";
import { chipFileName, docvalFiles } from "./file-names.js";
import { readable } from "./photos.js";
import { sessionInfo, sessionOf } from "./session-keys.js";

export interface EmrtdClientChipOptions {
  /** What opens the chip; of several the first that fits. */
  readonly access: Password | readonly Password[];
  readonly random: RandomBytes;
  readonly crypto?: CryptoProvider;
  /** Default true. */
  readonly extendedLength?: boolean;
  /** How it is read; default that of `readDocument`. */
  readonly plan?: Omit<ReadPlan, "steps">;
}

type Reading = Generator<ClientReadStep, ClientReading, ClientReadAnswer>;

/** What a client of version 2 needs of a chip, done with `@org/emrtd-core`. */
export const createEmrtdClientChip = (options: EmrtdClientChipOptions): ClientChip => ({
  *read(request) {
    try {
      return yield* readForClient(request, options);
    } catch (cause) {
      if (!(cause instanceof EmrtdError || cause instanceof DocvalError)) throw cause;
      const denied = cause.code.startsWith("ACCESS_") || cause.code === "PASSWORD_INVALID";
      const reason = denied ? "ACCESS_CONTROL_FAILED" : "NFC_CHIP_COMMUNICATION_FAILED";
      return { outcome: "failed", reason, cause };
    }
  },
});

function* readForClient(request: ClientReadRequest, options: EmrtdClientChipOptions): Reading {
  const { random, crypto = portableCrypto, extendedLength = true, plan } = options;
  const limits = { extendedLength };
  const reader = createDocumentReader(options.access, {
    random,
    crypto,
    plan: plan ?? DEFAULT_READ_PLAN,
    ...(extendedLength ? {} : { commandRoom: commandRoom(limits) }),
  });
  const step = (next: ReadStep): Generator<ClientReadStep, void, ClientReadAnswer> =>
    exchanged(reader.step(next), (command) => encodeWithin(command, limits));
  const read = (file: FileName, when: "always" | "listed" = "listed") =>
    step({ step: "read", file, when });

  yield { type: "step", step: "ACCESS_CONTROL" };
  yield* read("CardAccess", "always");
  yield* step({ step: "access" });
  let proved = false;
  /** As the server read it. */
  let theirs: Uint8Array | undefined;
  for (const name of CLIENT_FILES) {
    if (name === "dg1" && theirs) continue;
    const file = chipFileName(name);
    yield { type: "step", step: `READ_${file}` };
    yield* read(file, name === "sod" || name === "dg1" ? "always" : "listed");
    const { [file]: bytes } = reader.files;
    const { session } = reader;
    if (name === "dg14" && bytes && session) {
      yield { type: "step", step: "CHIP_AUTHENTICATION" };
      const back = yield { type: "hand-over", dg14: bytes, session: sessionInfo(session) };
      if (back.type !== "handed-back") throw new DocvalError("CHIP_LOST", "expected the chip back");
      reader.continueIn(sessionOf(back.session));
      proved = back.checkResult === "SUCCESS";
      theirs = back.dg1;
    }
  }
  if (request.signAlways || !proved) {
    yield { type: "step", step: "ACTIVE_AUTHENTICATION" };
    yield* step({ step: "active-authentication", challenge: request.challenge });
  }
  const { files, evidence } = reader.reading();
  const all = new Map(docvalFiles(files));
  if (theirs) all.set("dg1", theirs);
  const signed = evidence.find((item) => item.protocol === "active-authentication");
  const signature = signed && signed.signature.length > 0 ? { signature: signed.signature } : {};
  return { outcome: "read", files: all, ...signature };
}

/** A conversation in APDUs, each exchanged as bytes. */
function* exchanged(
  protocol: Protocol<void>,
  encode: (command: CommandApdu) => Uint8Array,
): Generator<ClientReadStep, void, ClientReadAnswer> {
  let next = protocol.next();
  while (!next.done) {
    const answer = yield { type: "command", apdu: encode(next.value) };
    if (answer.type !== "answer") throw new DocvalError("CHIP_LOST", "expected an answer");
    next = protocol.next(decodeResponseApdu(answer.apdu));
  }
}

/** Reads from EF.ATR/INFO how long APDUs may be, as some clients of version 1 do before they begin. */
export const readChipLengths = (options: {
  readonly random: RandomBytes;
  readonly crypto?: CryptoProvider;
}): ReadChipLengths =>
  function* () {
    const reader = createDocumentReader([], options);
    const step = reader.step({ step: "read", file: "ATR/INFO", when: "always" });
    yield* relayed(step, { extendedLength: false });
    const { "ATR/INFO": bytes } = reader.files;
    const lengths: ChipLengths | undefined =
      bytes && readable(() => decodeAtrInfo(bytes))?.extendedLength;
    return lengths;
  };
