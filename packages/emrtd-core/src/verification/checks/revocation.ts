import { type Judge, undetermined } from "./judgement.js";

/** Whether the issuer took the signer's certificate back. A store holds no revocation lists yet. */
export const judgeRevocation: Judge = ({ passive: { path } }) =>
  undetermined(path.status === "passed" ? "NO_CRL" : path.reason);
