import { encodePem } from "../signature/pem.js";
import { ROLES, type Role, type TestTrust } from "./trust.js";

/** A file of a trust that is kept in a folder. */
export interface TrustFile {
  readonly name: string;
  readonly text: string;
  /** Holds a private key: for its owner alone. */
  readonly secret: boolean;
}

/** Names of the two files of a member: `adopter-root.pem` and `adopter-root.key.pem`. */
export const trustFileNames = (
  role: Role,
): { readonly certificate: string; readonly key: string } => {
  const stem = role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { certificate: `${stem}.pem`, key: `${stem}.key.pem` };
};

/** Certificates and private keys of everybody, in PEM. `readTrust` of the subpath `node` reads them again. */
export const trustFiles = ({ members }: TestTrust): readonly TrustFile[] =>
  ROLES.flatMap((role) => {
    const { certificate, key } = trustFileNames(role);
    const member = members[role];
    return [
      { name: certificate, text: encodePem("CERTIFICATE", member.certificate), secret: false },
      { name: key, text: encodePem("PRIVATE KEY", member.privateKey), secret: true },
    ];
  });
