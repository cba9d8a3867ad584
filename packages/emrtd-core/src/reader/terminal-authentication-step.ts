import type { TerminalAuthenticationEvidence } from "../authentication/evidence.js";
import type {
  TerminalAuthenticationOptions,
  TerminalAuthenticationRun,
  TerminalAuthenticationStep,
} from "../authentication/terminal.js";
import {
  chipIdentifierOfMrz,
  compressKey,
  type TerminalBinding,
} from "../authentication/terminal-binding.js";
import { readable } from "../cms/readable.js";
import type { CvCertificate } from "../cvc/certificate.js";
import { decodeAtrInfo } from "../lds/atr-info.js";
import { decodeCvca } from "../lds/cvca.js";
import { decodeDg14 } from "../lds/dg14.js";
import { type FileEntry, type FileName, fileByName } from "../lds/files.js";
import type { Protocol } from "../protocol.js";
import { proveByChipAuthentication } from "./chip-authentication-step.js";
import { listedGroups } from "./listed-groups.js";
import { enter, open, type ReadingState, through } from "./reading-state.js";
import { isRefusalInTheClear } from "./refusal.js";

/** Fingerprints and irises: the groups that terminal authentication guards (Doc 9303-11, K.1). */
const GUARDED: readonly FileName[] = ["DG3", "DG4"];

export const isGuarded = (file: FileName): boolean => GUARDED.includes(file);

/** Whether EF.CVCA is worth reading: PACE may have said already what it says. */
export const wantsReferences = ({ terminal, opened }: ReadingState): boolean =>
  terminal !== undefined && (opened?.pace?.authorityReferences ?? []).length === 0;

/** EF.CVCA, where TerminalAuthenticationInfo says that it is (Doc 9303-11, K.2). */
export const authorityFile = ({ files: { DG14 } }: Pick<ReadingState, "files">): FileEntry => {
  const file = fileByName("CVCA");
  const infos = DG14 && readable(() => decodeDg14(DG14).securityInfos);
  const info = infos?.find(({ type }) => type === "TerminalAuthenticationInfo");
  const id = info?.type === "TerminalAuthenticationInfo" ? info.efCvca?.fileId : undefined;
  return id?.length === 2 ? { ...file, fileId: (id[0]! << 8) | id[1]! } : file;
};

/**
 * Shows the chip the terminal's certificates, where there are some and a guarded group is still to be read.
 * A chip that refuses them keeps its secrets and the reading goes on; the evidence says how far it came.
 */
export function* authenticateTerminal(state: ReadingState): Protocol<void> {
  const listed = listedGroups(state.files);
  const wanted = GUARDED.some(
    (group) => state.outcomes[group] === undefined && listed?.has(group) !== false,
  );
  if (!state.terminal || !wanted) return;
  state.report({ event: "terminal-authentication" });
  let evidence = yield* attempt(state, prefersChains(state) ? "chained" : "extended");
  // A chip that cannot take an extended command may still take a chain (ISO/IEC 7816-4, 5.3.3).
  if (evidence.statusWord === WRONG_LENGTH) evidence = yield* attempt(state, "chained");
  const { proofs } = state;
  const earlier = proofs.findIndex(({ protocol }) => protocol === evidence.protocol);
  proofs.splice(earlier < 0 ? proofs.length : earlier, 1, evidence);
}

const SUCCESS = 0x9000;
const WRONG_LENGTH = 0x6700;

/** EF.ATR/INFO can say that a chip takes chains and no extended length (ISO/IEC 7816-4, 12.1.1.9). */
const prefersChains = ({ files }: ReadingState): boolean => {
  const { "ATR/INFO": file } = files;
  const capabilities = file && readable(() => decodeAtrInfo(file))?.cardCapabilities;
  return capabilities?.commandChaining === true && !capabilities.extendedLength;
};

const NOTHING = /* @__PURE__ */ new Uint8Array(0);

function* attempt(
  state: ReadingState,
  longCommands: NonNullable<TerminalAuthenticationOptions["longCommands"]>,
): Protocol<TerminalAuthenticationEvidence> {
  const authorityReferences = referencesOf(state);
  const nothing = {
    protocol: "terminal-authentication",
    authorityReferences,
    statusWord: 0,
    certificates: [],
    chipIdentifier: NOTHING,
    terminalKey: NOTHING,
    challenge: NOTHING,
    signature: NOTHING,
  } as const;
  const chain = state.terminal!.chain(authorityReferences);
  if (!chain) return { ...nothing, step: "no-chain" };
  const binding = yield* bind(state);
  if (!binding) return { ...nothing, step: "no-bound-key" };
  const run = yield* runOrReopen(state, chain, binding, longCommands);
  const certificates = chain.map(({ bytes }) => bytes);
  return { ...nothing, certificates, ...binding, ...run };
}

const referencesOf = ({ opened, files: { CVCA: file } }: ReadingState): readonly string[] => {
  const cvca = file && readable(() => decodeCvca(file));
  return [...(opened?.pace?.authorityReferences ?? []), ...(cvca?.references ?? [])];
};

/**
 * What this session is tied to. A session that was opened after the chip had proved itself is tied to
 * nothing: the chip proves itself once more.
 */
function* bind(state: ReadingState): Protocol<TerminalBinding | undefined> {
  const { files, proofs, crypto } = state;
  yield* enter(state, fileByName("DG14"));
  if (!state.opened?.terminalKey && files.DG14) {
    const proof = yield* proveByChipAuthentication(state, files.DG14);
    const earlier = proofs.findIndex(({ protocol }) => protocol === proof?.protocol);
    // A refusal says less than the proof that is there already.
    if (proof && (earlier < 0 || proof.statusWord === SUCCESS)) {
      proofs.splice(earlier < 0 ? proofs.length : earlier, 1, proof);
    }
  }
  const { terminalKey, pace, mrzInformation } = state.opened ?? {};
  if (!terminalKey || (!pace && mrzInformation === undefined)) return undefined;
  return {
    chipIdentifier: pace
      ? compressKey(pace.parameters.type, pace.transcript.agreement.chipPublicKey, crypto)
      : chipIdentifierOfMrz(mrzInformation!),
    terminalKey: compressKey(terminalKey.type, terminalKey.publicKey, crypto),
  };
}

/** A chip that ends the session over a command is opened again: what else it holds can still be read. */
function* runOrReopen(
  state: ReadingState,
  chain: readonly CvCertificate[],
  binding: TerminalBinding,
  longCommands: "extended" | "chained",
): Protocol<TerminalAuthenticationRun> {
  const { crypto, random } = state;
  let step: TerminalAuthenticationStep = "select-verification-key";
  const onStep = (next: TerminalAuthenticationStep) => {
    step = next;
  };
  const options = { crypto, random, longCommands, onStep };
  try {
    return yield* through(state, state.terminal!.authenticate(chain, binding, options));
  } catch (error) {
    if (!isRefusalInTheClear(error)) throw error;
    yield* open(state);
    return { step, statusWord: error.statusWord ?? 0, challenge: NOTHING, signature: NOTHING };
  }
}
