import type { TerminalTrust } from "../../authentication/terminal-chip.js";
import type { TerminalCredentials } from "../../authentication/terminal-credentials.js";
import { portableCrypto } from "../../crypto/portable.js";
import { type EcSecretKey, publicKeyOf } from "../../crypto/private-key.js";
import type { CryptoProvider } from "../../crypto/provider.js";
import { type HolderRole, holderAuthorization } from "../../cvc/authorization.js";
import { decodeCvCertificate } from "../../cvc/certificate.js";
import { trustPointOf } from "../../cvc/key.js";
import { cvPublicKey, issueCvCertificate } from "./cv-certificate.js";
import { derivedEcKey, derivedRandom } from "./keys.js";

/** id-TA-ECDSA-SHA-256. */
const PROTOCOL = "0.4.0.127.0.7.2.2.2.2.3";
const CURVE = "brainpoolP256r1";
const BEGIN = "2020-01-01";
const END = "2049-12-31";

/** The simulator's authority, document verifier and inspection system, all of Utopia, with every right. */
const HOLDERS = {
  authority: { reference: "UTCVCAUT001", role: "CVCA", issuer: "authority" },
  verifier: { reference: "UTVERIFYUT001", role: "DV-domestic", issuer: "authority" },
  terminal: { reference: "UTINSPECTUT001", role: "terminal", issuer: "verifier" },
} as const satisfies Record<string, { reference: string; role: HolderRole; issuer: string }>;

type HolderName = keyof typeof HOLDERS;

const keyOf = (name: HolderName, crypto: CryptoProvider): EcSecretKey =>
  derivedEcKey(CURVE, `terminal authentication ${name}`, crypto);

const certificateOf = (name: HolderName, crypto: CryptoProvider): Uint8Array => {
  const { reference, role, issuer } = HOLDERS[name];
  const publicKey = publicKeyOf(keyOf(name, crypto), crypto);
  return issueCvCertificate(
    {
      authorityReference: HOLDERS[issuer].reference,
      publicKey: cvPublicKey(publicKey, PROTOCOL, role === "CVCA" ? "stated" : "inherited"),
      holderReference: reference,
      authorization: holderAuthorization("IS", role, ["read-dg3", "read-dg4"]),
      effectiveDate: BEGIN,
      expirationDate: END,
    },
    { key: keyOf(issuer, crypto), protocol: PROTOCOL },
    { crypto, random: derivedRandom(`terminal authentication ${name}`, crypto) },
  );
};

/** What the simulator's inspection system shows a chip: test keys, the same in every process. */
export const simulatorTerminal = (
  crypto: CryptoProvider = portableCrypto,
): TerminalCredentials => ({
  certificates: [certificateOf("verifier", crypto), certificateOf("terminal", crypto)],
  privateKey: keyOf("terminal", crypto),
});

/** The certificate of the simulator's country verifying authority, signed by itself. */
export const simulatorTerminalAuthority = (crypto: CryptoProvider = portableCrypto): Uint8Array =>
  certificateOf("authority", crypto);

/** What a chip has that was made for the simulator's inspection system. */
export const simulatorTerminalTrust = (crypto: CryptoProvider): TerminalTrust => ({
  currentDate: BEGIN,
  trustPoints: [trustPointOf(decodeCvCertificate(simulatorTerminalAuthority(crypto)))],
});
