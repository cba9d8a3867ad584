import { decodeBase64, encodeBase64 } from "../base64.js";
import { fromUtf8 } from "../bytes.js";
import { MdsError } from "../errors.js";

export type PemLabel = "CERTIFICATE" | "PRIVATE KEY";

/** DER in the armour of RFC 7468. */
export const encodePem = (label: PemLabel, der: Uint8Array): string => {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
};

/**
 * Every certificate or key of a file, whether it is PEM or a single DER.
 *
 * @throws MdsError `KEY_INVALID` when it holds none.
 */
export const readPemOrDer = (label: PemLabel, file: Uint8Array): readonly Uint8Array[] => {
  if (file[0] === 0x30) {
    return [file];
  }
  let text = "";
  try {
    text = fromUtf8(file);
  } catch {
    // Neither form; told below.
  }
  const armour = new RegExp(`-----BEGIN ${label}-----([^-]*)-----END ${label}-----`, "g");
  const found = [...text.matchAll(armour)].map((match) =>
    decodeBase64((match[1] ?? "").replace(/\s/g, "")),
  );
  if (found.length === 0) {
    throw new MdsError("KEY_INVALID", `expected a ${label} in PEM or DER, found neither`);
  }
  return found;
};
