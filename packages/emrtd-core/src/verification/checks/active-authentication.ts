import {
  activeAuthenticationHash,
  verifyActiveAuthentication,
} from "../../authentication/active.js";
import { isCovered } from "../../authentication/passive.js";
import { outcomeOfCertificateError } from "../../authentication/signer.js";
import { readable } from "../../cms/readable.js";
import type { HashName } from "../../crypto/provider.js";
import { decodeSubjectPublicKeyInfo } from "../../crypto/public-key.js";
import { decodeDg14 } from "../../lds/dg14.js";
import { decodeDg15 } from "../../lds/dg15.js";
import { chipKeyFile } from "./chip-key-file.js";
import { type Judge, type Judgement, type Subject, undetermined } from "./judgement.js";

/** Whether the chip proved to own the key of DG15 (Doc 9303-11, 6.1). */
export const judgeActiveAuthentication: Judge = (subject) => {
  const file = chipKeyFile(subject, 15);
  if ("judgement" in file) return file.judgement;
  if ("uncovered" in file) return undetermined("KEY_NOT_COVERED");
  const evidence = subject.evidence.find((item) => item.protocol === "active-authentication");
  if (evidence === undefined) return undetermined("NOT_ATTEMPTED", file.detail);
  try {
    const key = decodeSubjectPublicKeyInfo(decodeDg15(file.covered).publicKey);
    const hash = statedHash(subject);
    const { status, reason, detail } = verifyActiveAuthentication(evidence, key, {
      crypto: subject.crypto,
      hash,
    });
    return { status, reason, detail: { ...file.detail, ...detail } };
  } catch (error) {
    return { ...outcomeOfCertificateError(error), detail: file.detail } satisfies Judgement;
  }
};

/** What DG14 states about the signature; a DG14 that the issuer did not sign states nothing. */
const statedHash = ({ passive, files }: Subject): HashName | undefined => {
  const { DG14: file } = files;
  if (file === undefined || !isCovered(passive, 14)) return undefined;
  const info = readable(() =>
    decodeDg14(file).securityInfos.find(({ type }) => type === "ActiveAuthenticationInfo"),
  );
  return info?.type === "ActiveAuthenticationInfo"
    ? activeAuthenticationHash(info.signatureAlgorithm)
    : undefined;
};
