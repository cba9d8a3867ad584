import { agreedSession } from "../access/pace-keys.js";
import { keyAgreementGroup } from "../crypto/key-agreement.js";
import type { DhSecretKey, EcSecretKey } from "../crypto/private-key.js";
import type { CryptoProvider } from "../crypto/provider.js";
import type { SecureMessagingSession } from "../iso7816/sm-cipher.js";
import type { ChipAuthenticationProtocol } from "./chip-authentication-offers.js";

/**
 * Chip authentication, the chip's side (Doc 9303-11, 6.2): the session that follows.
 *
 * @param terminalKey PK_DH,IFD as received.
 * @returns undefined where it is no element of the chip's group.
 */
export const answerChipAuthentication = (
  key: EcSecretKey | DhSecretKey,
  protocol: ChipAuthenticationProtocol,
  terminalKey: Uint8Array,
  crypto: CryptoProvider,
): SecureMessagingSession | undefined => {
  const group = keyAgreementGroup(
    key.type === "EC" ? { type: "EC", curve: key.curve } : { type: "DH", group: key },
    crypto,
  );
  if (!group.isElement(terminalKey)) return undefined;
  const privateKey = key.type === "EC" ? key.scalar : key.privateValue;
  return agreedSession(
    protocol.cipher,
    group.secretOf(group.power(terminalKey, privateKey)),
    crypto,
  );
};
