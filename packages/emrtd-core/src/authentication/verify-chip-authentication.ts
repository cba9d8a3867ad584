import { concatBytes, equalBytes } from "../bytes.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { padBlocks } from "../iso7816/padding.js";
import { createSmCipher, incremented } from "../iso7816/sm-cipher.js";
import { readSmDataObjects, SM_TAG } from "../iso7816/sm-data-objects.js";
import type { SecurityInfo } from "../lds/security-info.js";
import { chipAuthenticationSession } from "./chip-authentication.js";
import {
  type ChipAuthenticationOffer,
  chipAuthenticationOffers,
} from "./chip-authentication-offers.js";
import type { ChipAuthenticationEvidence } from "./evidence.js";

/** What evidence of a proof by the chip comes to, before it is asked whether the key is a signed one. */
export type ChipProof =
  | { readonly status: "passed"; readonly offer: ChipAuthenticationOffer }
  | {
      readonly status: "failed" | "undetermined";
      readonly reason: "CHIP_PROOF_WITHHELD" | "CHIP_PROOF_INVALID";
    };

/**
 * Judges chip authentication from bytes: the session is agreed again from the terminal's private key and
 * the key in DG14, and the checksum of the chip's first answer is computed under it. A copy of the files
 * cannot make that checksum.
 *
 * @param infos of DG14. That DG14 is the signed one is for the caller to see to.
 * @throws EmrtdError where a key of DG14 cannot be read.
 */
export const verifyChipAuthentication = (
  evidence: ChipAuthenticationEvidence,
  infos: readonly SecurityInfo[],
  crypto: CryptoProvider,
): ChipProof => {
  const { oid, keyId, privateKey, statusWord, answer } = evidence;
  if (statusWord !== 0x9000) return { status: "undetermined", reason: "CHIP_PROOF_WITHHELD" };
  const offer = chipAuthenticationOffers(infos).find(
    (known) => known.protocol.oid === oid && known.keyId === keyId,
  );
  if (!offer) return INVALID;
  const session = chipAuthenticationSession(offer, privateKey, crypto);
  const objects = readSmDataObjects(answer, SM_TAG.status);
  if (!objects) return INVALID;
  // The counter starts at zero, is 1 for the command and 2 for the answer.
  const counter = incremented(incremented(session.sendSequenceCounter));
  const cipher = createSmCipher(session, crypto);
  const expected = cipher.mac(padBlocks(concatBytes(counter, objects.checked), cipher.blockLength));
  return equalBytes(expected, objects.checksum) ? { status: "passed", offer } : INVALID;
};

const INVALID: ChipProof = { status: "failed", reason: "CHIP_PROOF_INVALID" };
