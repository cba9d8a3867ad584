import { portableCrypto } from "../crypto/portable.js";
import type { CryptoProvider } from "../crypto/provider.js";
import { encodeHolderAuthorization, holderAuthorization } from "../cvc/authorization.js";
import type { CvCertificate } from "../cvc/certificate.js";
import type { Protocol } from "../protocol.js";
import {
  type TerminalAuthenticationOptions,
  type TerminalAuthenticationRun,
  terminalAuthentication,
} from "./terminal.js";
import type { TerminalBinding } from "./terminal-binding.js";
import {
  decodeTerminalCredentials,
  type TerminalCredentials,
  terminalChain,
} from "./terminal-credentials.js";

/** An inspection system: what a reader needs of one to have fingers and irises opened. */
export interface Terminal {
  /** Certificate holder authorization template that asks PACE for references (Doc 9303-11, 4.4.4.1). */
  readonly authorization: Uint8Array;
  /** The certificates for a chip that knows these authorities, the most recent first; see `terminalChain`. */
  chain(references: readonly string[]): readonly CvCertificate[] | undefined;
  /** Terminal authentication with such a chain. */
  authenticate(
    chain: readonly CvCertificate[],
    binding: TerminalBinding,
    options: TerminalAuthenticationOptions,
  ): Protocol<TerminalAuthenticationRun>;
}

/**
 * The inspection system of certificates and a private key. Apart from `readDocument`, so that readers that
 * show no certificates do not carry what makes and checks them.
 *
 * @throws EmrtdError as `decodeTerminalCredentials`.
 */
export const createTerminal = (
  credentials: TerminalCredentials,
  options: { readonly crypto?: CryptoProvider } = {},
): Terminal => {
  const decoded = decodeTerminalCredentials(credentials, options.crypto ?? portableCrypto);
  return {
    // The standard wants every bit of access set, named or not.
    authorization: encodeHolderAuthorization({
      oid: holderAuthorization("IS", "terminal").oid,
      template: Uint8Array.of(0x3f),
    }),
    chain: (references) => terminalChain(decoded, references),
    authenticate: (chain, binding, run) =>
      terminalAuthentication(chain, decoded.privateKey, binding, run),
  };
};
