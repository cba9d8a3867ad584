import { PROFILES, type ProfileName } from "../chip/profiles/profiles.js";
import type { FileName } from "../lds/files.js";
import type { Verdict } from "../verification/report.js";

/** A chip that a reader is tried on, and what it must make of it. */
export interface ReaderRow {
  readonly profile: ProfileName;
  /** As `parseChipFault` takes them. */
  readonly faults: readonly string[];
  /**
   * A verdict, with every file that the chip gives. `broken`: the reader fails, or says anything but
   * `authentic`; what files it has are the chip's own to the byte, as in every row.
   */
  readonly outcome: Verdict | "broken";
  /** Files that the chip does not give. */
  readonly without?: readonly FileName[];
}

const row = (
  profile: ProfileName,
  faults: string,
  outcome: ReaderRow["outcome"],
  ...without: readonly FileName[]
): ReaderRow => ({
  profile,
  faults: faults.split(" ").filter(Boolean),
  outcome,
  ...(without.length > 0 ? { without } : {}),
});

const PROFILE_VERDICTS: { readonly [name in ProfileName]?: Verdict } = {
  tampered: "not-authentic",
  cloned: "not-authentic",
  expired: "undetermined",
  untrusted: "undetermined",
};

/** Every profile as it is. Guarded groups need certificates of a terminal, which a reader may lack. */
export const PROFILE_ROWS: readonly ReaderRow[] = /* @__PURE__ */ (
  Object.keys(PROFILES) as ProfileName[]
).map((name) => row(name, "", PROFILE_VERDICTS[name] ?? "authentic"));

/** Every fault: what is put up with, what ends a reading, and what must show in the verdict. */
export const FAULT_ROWS: readonly ReaderRow[] = /* @__PURE__ */ [
  // What was altered on the way ends the reading.
  ...["wrong-ssc=7", "unprotected-answer=7", "flipped-bit=7", "flipped-bit=7:0"].map((fault) =>
    row("bac-ecdsa", fault, "broken"),
  ),
  row("bac-ecdsa", "truncated-answer=7", "broken"),
  row("pace-gm-p256", "wrong-ssc=3", "broken"),
  row("bac-ecdsa", "tag-lost=30", "broken"),
  // Patience is no matter of the verdict.
  row("bac-ecdsa", "delay=1", "authentic"),
  row("pace-gm-p256", "password-delay=1", "authentic"),

  // Lengths.
  ...["6700", "6b00", "6282", "6c", "empty", "cut", "6700:plain"].map((answer) =>
    row("bac-ecdsa", `le-limit=120:${answer}`, "authentic"),
  ),
  row("pace-gm-p256", "le-limit=200:6b00 le-limit=130:6282", "authentic"),
  row("bac-ecdsa", "le-refused=231:empty", "authentic"),
  row("pace-gm-p256", "le-refused=223:6b00", "authentic"),
  row("bac-rsa", "no-extended-length", "authentic"),
  row("bac-rsa", "response-chaining=100", "authentic"),
  row("bac-rsa", "response-chaining=100:protected", "authentic"),
  row("pace-gm-dh", "response-chaining=64", "authentic"),

  // Files that are not to be had.
  row("bac-ecdsa", "refused-file=CardAccess:6283", "authentic"),
  row("bac-ecdsa", "refused-file=COM:6a82", "authentic", "COM"),
  row("bac-ecdsa", "refused-file=DG11:6982", "authentic", "DG11"),
  row("bac-ecdsa", "refused-file=DG12:6a82:plain", "authentic", "DG12"),
  row("bac-ecdsa", "refused-file=DG1:6982", "undetermined", "DG1"),
  row("bac-ecdsa", "refused-file=DG15:6a82", "undetermined", "DG15"),
  row("ca-aes", "refused-file=DG14:6a82", "undetermined", "DG14"),
  row("bac-ecdsa", "no-short-identifiers", "authentic"),

  // The master file, and phones that leave it before the reader comes.
  row("bac-ecdsa", "application-first", "authentic"),
  row("bac-ecdsa", "application-first master-file=none:6982", "authentic"),
  row("pace-gm-p256", "application-first", "authentic"),
  ...["identifier", "identifier:9000", "empty", "empty:9000"].map((form) =>
    row("pace-gm-p256", `application-first master-file=${form}`, "authentic"),
  ),

  // Protocols taken otherwise.
  ...["6a87", "6a80", "6a88"].map((status) =>
    row("pace-gm-brainpool", `parameter-id-wanted=${status}`, "authentic"),
  ),
  row("ca-3des", "no-key-agreement-template", "authentic"),
  row("bac-ecdsa", "signing=der", "authentic"),
  row("bac-rsa", "signing=cut:64", "authentic"),
  row("bac-rsa", "signing=empty", "authentic"),
  row("bac-rsa", "signing=zero", "authentic"),
  row("bac-rsa", "signing=cut:64 no-extended-length", "undetermined"),
  row("bac-ecdsa", "signing=refused", "undetermined"),

  // Documents that are written otherwise, and right.
  ...[20, 32, 64].map((salt) => row("bac-rsa", `pss-salt=${salt}`, "authentic")),
  row("ca-aes", "key-without-info", "authentic"),
  row("bac-ecdsa", "ber-sod", "authentic"),
  row("bac-ecdsa", "reordered-signer", "authentic"),

  // Forgeries and copies.
  ...["DG1", "DG2", "SOD"].map((file) => row("bac-ecdsa", `altered-file=${file}`, "not-authentic")),
  row("pace-cam", "altered-file=CardSecurity", "not-authentic"),
  row("bac-ecdsa", "wrong-hash=DG12", "not-authentic"),
  row("bac-ecdsa", "cloned-key=DG15", "not-authentic"),
  row("bac-rsa", "cloned-key=DG15", "not-authentic"),
  row("ca-aes", "cloned-key=DG14", "not-authentic"),
  row("ca-3des", "cloned-key=DG14", "not-authentic"),
  row("pace-cam", "cloned-key=CardSecurity", "not-authentic"),
];
