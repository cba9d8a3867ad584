import { type CvCertificate, encodeCvObjects } from "../cvc/certificate.js";
import { encodeCvReference } from "../cvc/reference.js";
import { APDU_LIMITS, type CommandApdu } from "../iso7816/command-apdu.js";
import { encodeTlv } from "../tlv.js";

/** Bytes of the challenge r_IC. */
export const TERMINAL_CHALLENGE_LENGTH = 8;

/** P1-P2 of MSE:Set and PSO. */
export const TERMINAL_AUTHENTICATION = {
  verificationKey: 0x81b6,
  authenticationKey: 0x81a4,
  verifyCertificate: 0x00be,
} as const;

/** Name of a public key. */
export const REFERENCE_TAG = 0x83;

const command = (ins: number, p1p2: number, data: Uint8Array): CommandApdu => ({
  cla: 0x00,
  ins,
  p1: p1p2 >> 8,
  p2: p1p2 & 0xff,
  data,
});

const reference = (name: string): Uint8Array =>
  encodeTlv(REFERENCE_TAG, encodeCvReference(name, "reference"));

/** MSE:Set DST: names the key that signed the next certificate (7.1.5.1). */
export const selectVerificationKey = (name: string): CommandApdu =>
  command(0x22, TERMINAL_AUTHENTICATION.verificationKey, reference(name));

/** PSO:Verify Certificate (7.1.5.2). */
export const verifyCertificate = (certificate: CvCertificate): CommandApdu =>
  command(0x2a, TERMINAL_AUTHENTICATION.verifyCertificate, encodeCvObjects(certificate));

/** MSE:Set AT: names the key that the terminal will sign with (7.1.5.3). */
export const selectAuthenticationKey = (name: string): CommandApdu =>
  command(0x22, TERMINAL_AUTHENTICATION.authenticationKey, reference(name));

/** GET CHALLENGE (7.1.5.4). */
export const getChallenge = (): CommandApdu => ({
  cla: 0x00,
  ins: 0x84,
  p1: 0x00,
  p2: 0x00,
  le: TERMINAL_CHALLENGE_LENGTH,
});

/** EXTERNAL AUTHENTICATE (7.1.5.5). */
export const externalAuthenticate = (signature: Uint8Array): CommandApdu =>
  command(0x82, 0x0000, signature);

/**
 * Most data of a command that leaves as a short one under secure messaging, whatever its cipher: a
 * cryptogram of 240 bytes, its header of 4, and the checksum of 10.
 */
export const SHORT_COMMAND_ROOM = 239;

/** Whether a command has to be extended or chained. */
export const isLong = ({ data }: CommandApdu): boolean =>
  (data?.length ?? 0) > Math.min(SHORT_COMMAND_ROOM, APDU_LIMITS.shortData);
