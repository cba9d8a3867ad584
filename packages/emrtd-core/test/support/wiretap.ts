import { bac } from "../../src/access/bac.js";
import { pace } from "../../src/access/pace.js";
import { paceProtocol } from "../../src/access/pace-protocol.js";
import type { MrzPassword } from "../../src/access/password.js";
import { chipAuthenticationSession } from "../../src/authentication/chip-authentication.js";
import { chipAuthenticationOffers } from "../../src/authentication/chip-authentication-offers.js";
import type { KeyAgreementParameters } from "../../src/crypto/key-agreement.js";
import type { CryptoProvider } from "../../src/crypto/provider.js";
import { type CommandApdu, decodeCommandApdu } from "../../src/iso7816/command-apdu.js";
import { decodeResponseApdu, type ResponseApdu } from "../../src/iso7816/response-apdu.js";
import { createChipSecureMessaging } from "../../src/iso7816/secure-messaging-chip.js";
import type { SecureMessagingCipher, SecureMessagingSession } from "../../src/iso7816/sm-cipher.js";
import { decodeDg14 } from "../../src/lds/dg14.js";
import { decodeOid } from "../../src/oid.js";
import type { Protocol } from "../../src/protocol.js";
import type { Tape, TapeEvent } from "../../src/tape/index.js";
import { decodeTlvs } from "../../src/tlv.js";

/** A command as it was before secure messaging, and under which cipher it left. */
export interface Heard {
  readonly command: CommandApdu;
  readonly cipher: SecureMessagingCipher | "none";
  /** As it came, protection and all. */
  readonly answer: ResponseApdu;
}

/** What is promised: the wiretap hears nothing where the tape does not keep it. */
export interface Promised {
  readonly parameters?: KeyAgreementParameters;
  /** Cipher of the session that chip authentication opens. */
  readonly chipCipher?: SecureMessagingCipher;
}

/**
 * Listens to a tape with the terminal's random bytes and nothing else of the reader: sessions are agreed
 * again from what was drawn and answered, and each protected command is opened as the chip opens it. A
 * cipher or key that is not as promised shows as a checksum that does not fit.
 */
export const listen = (
  { events }: Tape,
  password: MrzPassword,
  dg14: Uint8Array | undefined,
  promised: Promised,
  crypto: CryptoProvider,
): Heard[] => {
  const heard: Heard[] = [];
  let session: SecureMessagingSession | undefined;
  let channel: ReturnType<typeof createChipSecureMessaging> | undefined;
  let drawn: Uint8Array = new Uint8Array();
  const enter = (agreed: SecureMessagingSession) => {
    session = agreed;
    channel = createChipSecureMessaging(agreed, crypto);
  };
  for (const [index, event] of events.entries()) {
    if ("random" in event) drawn = event.random;
    if (!("answer" in event)) continue;
    const sent = decodeCommandApdu(event.command);
    const answer = decodeResponseApdu(event.answer);
    if ((sent.cla & 0x0c) === 0) {
      channel = undefined;
      heard.push({ command: sent, cipher: "none", answer });
      const agreed = agreedInTheClear(events, index, password, promised, crypto);
      if (agreed) session = agreed;
      continue;
    }
    if (!channel && session) enter(session);
    const command = channel!.unprotect(sent);
    heard.push({ command, cipher: session!.cipher, answer });
    channel!.protect({ data: new Uint8Array(), statusWord: 0x9000 });
    if (!promised.chipCipher || !dg14 || !agreesOnChipKey(command)) continue;
    const offer = chipAuthenticationOffers(decodeDg14(dg14).securityInfos).find(
      ({ protocol }) => protocol.cipher === promised.chipCipher,
    )!;
    enter(chipAuthenticationSession(offer, drawn, crypto));
  }
  return heard;
};

/** GENERAL AUTHENTICATE or MSE:Set KAT: the command with the terminal's key. */
const agreesOnChipKey = ({ ins, p1, p2 }: CommandApdu): boolean =>
  ins === 0x86 || (ins === 0x22 && p1 === 0x41 && p2 === 0xa6);

/** The session of the run that begins with this command, where one does. */
const agreedInTheClear = (
  events: readonly TapeEvent[],
  index: number,
  password: MrzPassword,
  { parameters }: Promised,
  crypto: CryptoProvider,
): SecureMessagingSession | undefined => {
  const { command } = events[index] as { command: Uint8Array };
  const { ins, p1, p2, data } = decodeCommandApdu(command);
  const run = rerun(events.slice(index));
  if (ins === 0x84) return run((random) => bac(password, { random, crypto }));
  if (ins !== 0x22 || p1 !== 0xc1 || p2 !== 0xa4 || !parameters) return undefined;
  const objects = decodeTlvs(data!);
  const protocol = paceProtocol(decodeOid(objects.find(({ tag }) => tag === 0x80)!.value))!;
  return run(function* (random) {
    return (yield* pace(password, protocol, parameters, { random, crypto })).session;
  });
};

/** Holds a conversation again with the random bytes and the answers of a tape. */
const rerun =
  (events: readonly TapeEvent[]) =>
  <T>(make: (random: (length: number) => Uint8Array) => Protocol<T>): T => {
    const random = events.flatMap((event) => ("random" in event ? [event.random] : []));
    const answers = events.flatMap((event) => ("answer" in event ? [event.answer] : []));
    const protocol = make(() => random.shift()!);
    let step = protocol.next();
    while (!step.done) step = protocol.next(decodeResponseApdu(answers.shift()!));
    return step.value;
  };
