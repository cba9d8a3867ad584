import { bac } from "../access/bac.js";
import type { PaceResult } from "../access/pace.js";
import { paceOffers } from "../access/pace-offers.js";
import { paceVariant } from "../access/pace-protocol.js";
import { isMrzPassword, mrzInformation, type Password } from "../access/password.js";
import { type KeyAgreementParameters, keyAgreementGroup } from "../crypto/key-agreement.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { readBinary } from "../iso7816/read-binary.js";
import { withWholeAnswers } from "../iso7816/response-chaining.js";
import { createSecureMessaging, type SecureMessaging } from "../iso7816/secure-messaging.js";
import { selectFile } from "../iso7816/select.js";
import { isSuccess } from "../iso7816/status-word.js";
import { decodeCardAccess } from "../lds/card-access.js";
import { type FileEntry, type FileName, fileByName } from "../lds/files.js";
import type { Protocol } from "../protocol.js";
import type { AccessFacts } from "../verification/report.js";
import { enterApplication } from "./directories.js";
import { HEADER_LENGTH } from "./file-header.js";
import { openWithPace } from "./open-with-pace.js";

/** A chip whose files may be read now. */
export interface OpenedChip {
  /** Absent where the chip asks for no access control. */
  readonly channel: SecureMessaging | undefined;
  readonly access: AccessFacts;
  /** The current directory. */
  readonly place: FileEntry["place"];
  /** What opened it, where it was the machine readable zone. */
  readonly mrzInformation?: string;
  /** The run of PACE, where it was PACE. */
  readonly pace?: PaceResult;
  /** The terminal's key of the agreement that authenticated the chip, as it was sent. */
  readonly terminalKey?: {
    readonly type: KeyAgreementParameters["type"];
    readonly publicKey: Uint8Array;
  };
}

/** How a chip may be opened. */
export interface AccessPolicy {
  /** `auto`: PACE where the chip offers it, basic access control where it does not. */
  readonly protocol: "auto" | "pace" | "bac";
  /**
   * Whether basic access control may be tried after PACE broke off. Never after a wrong password, and
   * never with anything but the machine readable zone. The report says that it was a downgrade.
   */
  readonly bacAfterPaceFailure: boolean;
}

export interface OpenChipOptions {
  readonly random: RandomBytes;
  readonly crypto: CryptoProvider;
  readonly policy: AccessPolicy;
  /** Certificate holder authorization template that asks PACE for references of authorities. */
  readonly authorization?: Uint8Array;
  /** EF.CardAccess, where the chip has one. */
  readonly cardAccess: Uint8Array | undefined;
  /** The current directory, as far as it is known. */
  readonly place: FileEntry["place"] | undefined;
}

const NO_ACCESS_CONTROL: AccessFacts = {
  protocol: "none",
  variant: null,
  cipher: null,
  domainParameters: null,
  downgraded: false,
};

/** A chip that another machine opened: how, only that machine knows. */
export const openedIn = (channel: SecureMessaging): OpenedChip => ({
  channel,
  access: NO_ACCESS_CONTROL,
  place: "application",
});

/** Refusals of GET CHALLENGE by chips that know no access control; others are for the caller. */
const NO_CHALLENGE: readonly number[] = [0x6d00, 0x6e00, 0x6a81, 0x6985, 0x6986, 0x6982];

/**
 * Opens a chip with the first password that fits; one attempt only. With PACE where it is offered, else
 * with basic access control. A chip that knows no access control and gives its files to anybody is read
 * as it is.
 *
 * @throws EmrtdError as `pace` and `bac`; `ACCESS_UNSUPPORTED` where no password fits what the chip asks for.
 */
export function* openChip(
  passwords: readonly Password[],
  options: OpenChipOptions,
): Protocol<OpenedChip> {
  const { policy, crypto, place } = options;
  const offer = offersOf(options.cardAccess)[0];
  const password = passwords[0];
  if (policy.protocol === "bac" || !offer || !password) {
    if (policy.protocol === "pace") {
      throw new EmrtdError(
        "ACCESS_UNSUPPORTED",
        "expected an offer of PACE in EF.CardAccess that can be taken, found none",
      );
    }
    return yield* openWithBac(passwords, options, offer !== undefined);
  }
  try {
    const run = openWithPace(password, offer, options, place === "master-file");
    const result = yield* withWholeAnswers(run);
    return {
      channel: createSecureMessaging(result.session, crypto),
      access: {
        protocol: "pace",
        variant: paceVariant(offer.protocol),
        cipher: offer.protocol.cipher,
        domainParameters: keyAgreementGroup(offer.parameters, crypto).name,
        downgraded: false,
      },
      place: "master-file",
      pace: result,
      ...(offer.protocol.mapping === "CAM"
        ? { terminalKey: { type: offer.parameters.type, publicKey: result.publicKey } }
        : {}),
      ...(isMrzPassword(password) ? { mrzInformation: mrzInformation(password) } : {}),
    };
  } catch (error) {
    if (!policy.bacAfterPaceFailure || !mayTryBac(error, password)) throw error;
    return yield* openWithBac([password], options, true);
  }
}

/** An EF.CardAccess that cannot be read offers nothing. */
const offersOf = (cardAccess: Uint8Array | undefined) => {
  if (cardAccess === undefined) return [];
  try {
    return paceOffers(decodeCardAccess(cardAccess).securityInfos);
  } catch (error) {
    if (error instanceof EmrtdError) return [];
    throw error;
  }
};

const mayTryBac = (error: unknown, password: Password): boolean =>
  error instanceof EmrtdError &&
  isMrzPassword(password) &&
  (error.code === "APDU_STATUS" || error.code === "ACCESS_ANSWER_INVALID");

/** @param downgraded whether the chip offers PACE as well. */
function* openWithBac(
  passwords: readonly Password[],
  options: OpenChipOptions,
  downgraded: boolean,
): Protocol<OpenedChip> {
  yield* withWholeAnswers(enterApplication());
  const place = "application";
  const password = passwords.find(isMrzPassword);
  if (password) {
    const information = mrzInformation(password);
    try {
      const session = yield* withWholeAnswers(bac(password, options));
      return {
        channel: createSecureMessaging(session, options.crypto),
        access: { ...NO_ACCESS_CONTROL, protocol: "bac", cipher: session.cipher, downgraded },
        place,
        mrzInformation: information,
      };
    } catch (error) {
      if (!isNoChallenge(error)) throw error;
      if (!(yield* withWholeAnswers(isReadable()))) throw error;
    }
  } else if (!(yield* withWholeAnswers(isReadable()))) {
    throw new EmrtdError(
      "ACCESS_UNSUPPORTED",
      "expected a machine readable zone for basic access control, found no password that fits",
    );
  }
  return { channel: undefined, access: NO_ACCESS_CONTROL, place };
}

const isNoChallenge = (error: unknown): boolean =>
  error instanceof EmrtdError &&
  error.path === "GET CHALLENGE" &&
  NO_CHALLENGE.includes(error.statusWord ?? 0);

/** Whether the chip gives the beginning of EF.COM or EF.SOD to anybody. */
function* isReadable(): Protocol<boolean> {
  for (const name of ["COM", "SOD"] satisfies FileName[]) {
    if (!isSuccess(yield selectFile(fileByName(name)))) continue;
    const answer = yield readBinary(0, HEADER_LENGTH);
    if (isSuccess(answer) && answer.data.length > 0) return true;
  }
  return false;
}
