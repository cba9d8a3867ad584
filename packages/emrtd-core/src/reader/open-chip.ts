import { bac } from "../access/bac.js";
import { isMrzPassword, mrzInformation, type Password } from "../access/password.js";
import type { CryptoProvider, RandomBytes } from "../crypto/provider.js";
import { EmrtdError } from "../errors.js";
import { readBinary } from "../iso7816/read-binary.js";
import { withWholeAnswers } from "../iso7816/response-chaining.js";
import { createSecureMessaging, type SecureMessaging } from "../iso7816/secure-messaging.js";
import { selectFile } from "../iso7816/select.js";
import { isSuccess } from "../iso7816/status-word.js";
import { type FileName, fileByName } from "../lds/files.js";
import type { Protocol } from "../protocol.js";
import type { AccessFacts } from "../verification/report.js";
import { enterApplication } from "./directories.js";
import { HEADER_LENGTH } from "./file-header.js";

/** A chip whose files may be read now. */
export interface OpenedChip {
  /** Absent where the chip asks for no access control. */
  readonly channel: SecureMessaging | undefined;
  readonly access: AccessFacts;
  /** What opened it, where it was the machine readable zone. */
  readonly mrzInformation?: string;
}

const NO_ACCESS_CONTROL: AccessFacts = {
  protocol: "none",
  variant: null,
  cipher: null,
  domainParameters: null,
  downgraded: false,
};

/** Refusals of GET CHALLENGE by chips that know no access control; others are for the caller. */
const NO_CHALLENGE: readonly number[] = [0x6d00, 0x6e00, 0x6a81, 0x6985, 0x6986, 0x6982];

/**
 * Selects the eMRTD application and opens it with the first password that fits; one attempt only. A
 * chip that knows no access control and gives its files to anybody is read as it is.
 *
 * @throws EmrtdError as `bac`; `ACCESS_UNSUPPORTED` where no password fits what the chip asks for.
 */
export function* openChip(
  passwords: readonly Password[],
  options: { readonly random: RandomBytes; readonly crypto: CryptoProvider },
): Protocol<OpenedChip> {
  yield* withWholeAnswers(enterApplication());
  const password = passwords.find(isMrzPassword);
  if (password) {
    const information = mrzInformation(password);
    try {
      const session = yield* withWholeAnswers(bac(password, options));
      return {
        channel: createSecureMessaging(session, options.crypto),
        access: { ...NO_ACCESS_CONTROL, protocol: "bac", cipher: session.cipher },
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
  return { channel: undefined, access: NO_ACCESS_CONTROL };
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
