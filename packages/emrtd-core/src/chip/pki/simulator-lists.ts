import { toBigInt } from "../../bytes.js";
import type { SignatureAlgorithm } from "../../cms/algorithm.js";
import { decodeCertificate } from "../../cms/certificate.js";
import { portableCrypto } from "../../crypto/portable.js";
import { publicKeyOf } from "../../crypto/private-key.js";
import type { CryptoProvider } from "../../crypto/provider.js";
import type { Oid } from "../../oid.js";
import {
  type DeviationList,
  ID_DEVIATION_LIST_SIGNING_KEY,
  type ListedDeviation,
} from "../../trust/deviation-list.js";
import { ID_MASTER_LIST_SIGNING_KEY } from "../../trust/master-list.js";
import { issueCertificate, keyIdentifier } from "./certificate.js";
import { crlNumber, issueCrl, reasonCode } from "./crl.js";
import * as extension from "./extensions.js";
import { derivedEcKey, derivedRandom } from "./keys.js";
import { issueDeviationList, issueMasterList, type ListSigner } from "./lists.js";
import {
  type AuthorityName,
  alternativeNames,
  authorityOf,
  authorityOfSigner,
  BEGIN,
  CRL,
  END,
  nameOf,
  once,
  type SimulatorSignerName,
  serialNumber,
  simulatorAnchors,
  simulatorSigner,
} from "./simulator.js";

/** The authority under which the simulator's lists are signed. */
const LIST_AUTHORITY: AuthorityName = "ecdsa";
const ALGORITHM: SignatureAlgorithm = { scheme: "ECDSA", hash: "SHA-256" };
const LISTED = new Date("2025-01-01T00:00:00Z");

/** A list of the simulator, and the certificate under which it is signed. */
export interface SimulatorList {
  readonly list: Uint8Array;
  readonly root: Uint8Array;
}

/** A master list of the simulator's anchors, or of other certificates, signed as its master list signer. */
export const simulatorMasterList = (
  crypto: CryptoProvider = portableCrypto,
  certificates: readonly Uint8Array[] = simulatorAnchors(crypto),
): SimulatorList => ({
  list: issueMasterList(
    certificates,
    listSigner("Master List Signer", ID_MASTER_LIST_SIGNING_KEY, crypto),
    { crypto, random: derivedRandom("master list", crypto) },
  ),
  root: authorityOf(LIST_AUTHORITY, crypto).certificate,
});

/** A deviation list of Utopia, signed as its deviation list signer. */
export const simulatorDeviationList = (
  deviations: readonly ListedDeviation[],
  crypto: CryptoProvider = portableCrypto,
): SimulatorList => {
  const list: DeviationList = { version: 0, deviations };
  return {
    list: issueDeviationList(
      list,
      listSigner("Deviation List Signer", ID_DEVIATION_LIST_SIGNING_KEY, crypto),
      { crypto, random: derivedRandom("deviation list", crypto) },
    ),
    root: authorityOf(LIST_AUTHORITY, crypto).certificate,
  };
};

/** What a revocation list of the simulator says. */
export interface SimulatorCrlContent {
  /** Signers that are taken back. */
  readonly revoked?: readonly SimulatorSignerName[];
  readonly revocationDate?: Date;
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
}

/** The revocation list of the authority that issued a signer's certificate. */
export const simulatorCrl = (
  signer: SimulatorSignerName,
  content: SimulatorCrlContent = {},
  crypto: CryptoProvider = portableCrypto,
): Uint8Array => {
  const authority = authorityOf(authorityOfSigner(signer), crypto);
  const { revoked = [], thisUpdate = LISTED, nextUpdate = END, revocationDate = LISTED } = content;
  return issueCrl(
    {
      issuer: authority.name,
      thisUpdate,
      nextUpdate,
      revoked: revoked.map((name) => ({
        serialNumber: toBigInt(
          decodeCertificate(simulatorSigner(name, crypto).certificate).serialNumber,
        ),
        revocationDate,
        extensions: [reasonCode("keyCompromise")],
      })),
      extensions: [extension.authorityKeyIdentifier(authority.keyIdentifier), crlNumber(1n)],
    },
    authority.signing,
    { crypto, random: derivedRandom(`revocation list ${signer}`, crypto) },
  );
};

const listSigner = (name: string, purpose: Oid, crypto: CryptoProvider): ListSigner =>
  once(name, () => {
    const authority = authorityOf(LIST_AUTHORITY, crypto);
    const key = derivedEcKey("P-256", name, crypto);
    const publicKey = publicKeyOf(key, crypto);
    const certificate = issueCertificate(
      {
        serialNumber: serialNumber(name, crypto),
        issuer: authority.name,
        subject: nameOf(name),
        notBefore: BEGIN,
        notAfter: END,
        publicKey,
        extensions: [
          extension.authorityKeyIdentifier(authority.keyIdentifier),
          extension.subjectKeyIdentifier(keyIdentifier(publicKey, crypto)),
          extension.keyUsage("digitalSignature"),
          ...alternativeNames(),
          extension.extKeyUsage(purpose),
          extension.crlDistributionPoint(CRL),
        ],
      },
      authority.signing,
      { crypto, random: derivedRandom(name, crypto) },
    );
    return {
      key,
      algorithm: ALGORITHM,
      certificate,
      sid: "subject-key-identifier",
      signingTime: LISTED,
      issuers: [authority.certificate],
    };
  });
