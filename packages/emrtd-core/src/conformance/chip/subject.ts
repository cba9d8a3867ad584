import { bac } from "../../access/bac.js";
import { type PaceResult, pace } from "../../access/pace.js";
import { type PaceOffer, paceOffers } from "../../access/pace-offers.js";
import type { MrzPassword, Password } from "../../access/password.js";
import { concatBytes } from "../../bytes.js";
import type { ConformanceCase } from "../../crypto/conformance/case.js";
import type { CryptoProvider, RandomBytes } from "../../crypto/provider.js";
import { EmrtdError } from "../../errors.js";
import type { CommandApdu } from "../../iso7816/command-apdu.js";
import { protectedBy } from "../../iso7816/protected-by.js";
import { readBinary, readBinaryContent } from "../../iso7816/read-binary.js";
import type { ResponseApdu } from "../../iso7816/response-apdu.js";
import { withWholeAnswers } from "../../iso7816/response-chaining.js";
import { createSecureMessaging, type SecureMessaging } from "../../iso7816/secure-messaging.js";
import { EMRTD_APPLICATION, selectApplication, selectFile } from "../../iso7816/select.js";
import { expectSuccess, isSuccess } from "../../iso7816/status-word.js";
import { decodeCardAccess } from "../../lds/card-access.js";
import { type FileName, fileByName } from "../../lds/files.js";
import { drive, type Protocol, type Transceive } from "../../protocol.js";
import { declaredLength } from "../../reader/file-header.js";

/** What a chip is said to do. Each claim is a group of cases, and is held against the chip's files. */
export type ChipClaim =
  | "bac"
  | "pace"
  | "active-authentication"
  | "chip-authentication"
  | "chip-authentication-mapping"
  | "terminal-authentication";

/** A chip of a travel document, on whatever reader. */
export interface ChipUnderTest {
  /** Takes power from the chip and gives it back: no session, no directory, nothing selected. */
  connect(): Promise<Transceive>;
  readonly password: MrzPassword;
  readonly can?: string;
  readonly claims: readonly ChipClaim[];
  /** Whether passwords that are wrong may be tried: chips answer more slowly after each. Default true. */
  readonly wrongPasswords?: boolean;
}

/** What the cases of a chip work with. */
export interface ChipSubject extends ChipUnderTest {
  readonly random: RandomBytes;
  readonly crypto: CryptoProvider;
}

export const chipCase = (name: string, run: () => Promise<void>): ConformanceCase => ({
  name,
  run,
});

/** @throws Error where it does not hold. */
export const expectThat = (holds: boolean, expected: string, found: string): void => {
  if (!holds) throw new Error(`expected ${expected}, found ${found}`);
};

export const hex = (statusWord: number): string =>
  statusWord.toString(16).toUpperCase().padStart(4, "0");

/** One command as it is, and whatever comes back. */
export const exchange = (transceive: Transceive, command: CommandApdu): Promise<ResponseApdu> =>
  drive(
    (function* (): Protocol<ResponseApdu> {
      return yield command;
    })(),
    transceive,
  );

/** @throws Error unless the chip refuses, and gives no data with it. */
export const expectRefusal = (answer: ResponseApdu, what: string): void => {
  const { data, statusWord } = answer;
  const refused = !isSuccess(answer) && statusWord >> 8 !== 0x61 && data.length === 0;
  expectThat(refused, `that ${what} is refused`, `${data.length} bytes and ${hex(statusWord)}`);
};

/** @throws Error unless the conversation ends in a refusal or a broken answer. */
export const expectFailure = async (run: Promise<unknown>, what: string): Promise<void> => {
  try {
    await run;
  } catch (error) {
    if (error instanceof EmrtdError) return;
    throw error;
  }
  throw new Error(`expected that ${what} fails, found that it does not`);
};

/** A chip that was opened. */
export interface OpenSession {
  readonly transceive: Transceive;
  readonly channel: SecureMessaging;
  /** Runs a conversation inside the session. */
  inside<T>(protocol: Protocol<T>): Promise<T>;
  /** One command inside the session. */
  send(command: CommandApdu): Promise<ResponseApdu>;
}

const sessionOf = (transceive: Transceive, channel: SecureMessaging): OpenSession => {
  const inside = <T>(protocol: Protocol<T>) => drive(protectedBy(channel, protocol), transceive);
  return {
    transceive,
    channel,
    inside,
    send: (command) =>
      inside(
        (function* (): Protocol<ResponseApdu> {
          return yield command;
        })(),
      ),
  };
};

/** A session after the chip agreed on other keys. */
export const sessionUnder = ({ transceive }: OpenSession, channel: SecureMessaging): OpenSession =>
  sessionOf(transceive, channel);

export const openByBac = async (subject: ChipSubject, password = subject.password) => {
  const transceive = await subject.connect();
  expectSuccess(
    await exchange(transceive, selectApplication(EMRTD_APPLICATION)),
    "SELECT of the application",
  );
  const session = await drive(withWholeAnswers(bac(password, subject)), transceive);
  return sessionOf(transceive, createSecureMessaging(session, subject.crypto));
};

/** EF.CardAccess, where the chip has one. */
export const readCardAccess = (transceive: Transceive): Promise<Uint8Array | undefined> =>
  drive(withWholeAnswers(readWhole("CardAccess")), transceive);

export const offersOf = async (transceive: Transceive): Promise<readonly PaceOffer[]> => {
  const file = await readCardAccess(transceive);
  return file ? paceOffers(decodeCardAccess(file).securityInfos) : [];
};

export const openByPace = async (
  subject: ChipSubject,
  choose: (offers: readonly PaceOffer[]) => PaceOffer | undefined = ([best]) => best,
  password: Password = subject.password,
): Promise<OpenSession & { readonly result: PaceResult }> => {
  const transceive = await subject.connect();
  const offer = choose(await offersOf(transceive));
  if (!offer) throw new Error("expected an offer of PACE in EF.CardAccess, found none");
  const { protocol, parameters, parameterId } = offer;
  const run = pace(password, protocol, parameters, {
    random: subject.random,
    crypto: subject.crypto,
    ...(parameterId === undefined ? {} : { parameterId, sendParameterId: true }),
  });
  const result = await drive(withWholeAnswers(run), transceive);
  const session = sessionOf(transceive, createSecureMessaging(result.session, subject.crypto));
  return { ...session, result };
};

/** Opens the chip in the best way that is claimed, and selects the application. */
export const openApplication = async (subject: ChipSubject): Promise<OpenSession> => {
  const session = subject.claims.includes("pace")
    ? await openByPace(subject)
    : await openByBac(subject);
  expectSuccess(
    await session.send(selectApplication(EMRTD_APPLICATION)),
    "SELECT of the application inside the session",
  );
  return session;
};

/** Bytes that are asked for at once: few enough for any chip and cipher. */
const PART = 112;
const MAX_FILE = 1_048_576;

/** A whole file under the current directory; undefined where the chip does not give it. */
export function* readWhole(name: FileName): Protocol<Uint8Array | undefined> {
  const file = fileByName(name);
  if (!isSuccess(yield selectFile(file))) return undefined;
  let bytes: Uint8Array = new Uint8Array();
  for (let length: number | undefined = 4; bytes.length < length; ) {
    const command = readBinary(bytes.length, Math.min(PART, length - bytes.length));
    const content = readBinaryContent(command, (yield command).data);
    if (content.length === 0) return undefined;
    bytes = concatBytes(bytes, content);
    length = declaredLength(bytes, file.tag!, name, MAX_FILE) ?? bytes.length + 1;
  }
  return bytes;
}
