/** The two paddings of RSA signatures in certificates and signed data (RFC 8017, 8). */
export { signPkcs1, verifyPkcs1 } from "./rsa-pkcs1.js";
export { signPss, verifyPss } from "./rsa-pss.js";
