import {
  type ActiveAuthenticationEvidence,
  type ChipEvidence,
  type CryptoProvider,
  portableCrypto,
  type RandomBytes,
  type TrustStore,
  verifyDocument,
} from "@org/emrtd-core";
import type { JudgeRequest, ServerChip } from "../chip/server-chip.js";
import { authenticateChip } from "./authenticate-chip.js";
import { chipFiles } from "./file-names.js";
import { passportOf } from "./passport-of.js";
import type { ToJpeg } from "./photos.js";
import type { EmrtdProof } from "./proof.js";
import { readForServer } from "./read-for-server.js";

export interface EmrtdServerChipOptions {
  /** Whom to believe, asked for each judgement: it may be reloaded while the server runs. */
  readonly trust: () => TrustStore;
  readonly random: RandomBytes;
  /** The time of judgement. */
  readonly now: () => Date;
  readonly crypto?: CryptoProvider;
  /** For pictures that are no JPEG; without it they are left out, and `errors` says so. */
  readonly toJpeg?: ToJpeg;
  /**
   * Whether a document that promises a proof of its chip, and gives none, has failed it. Default false:
   * UNAVAILABLE, as with chip authentication a phone leaves active authentication out.
   */
  readonly requireChipProof?: boolean;
}

/** What a server needs of travel documents, done with `@org/emrtd-core`. */
export const createEmrtdServerChip = (options: EmrtdServerChipOptions): ServerChip<EmrtdProof> => {
  const { crypto = portableCrypto, random, requireChipProof = false } = options;
  const tools = { crypto, random };
  return {
    readDocument: (request) => readForServer(request, tools),
    authenticateChip: (handover) => authenticateChip(handover, tools),
    judge(request) {
      const files = chipFiles(request.files);
      const evidence = request.chipPresent ? evidenceOf(request) : [];
      const report = verifyDocument(
        { ...files, ...Object.assign({}, ...request.proofs.map((proof) => proof.files)) },
        options.trust(),
        { at: options.now(), evidence, crypto },
      );
      return passportOf(report, files, {
        toJpeg: options.toJpeg,
        requireChipProof,
        given: {
          chip: evidence.some(({ protocol }) => protocol.startsWith("chip-authentication")),
          active: evidence.some(({ protocol }) => protocol === "active-authentication"),
        },
      });
    },
  };
};

/** What the chip did. How a client of version 2 opened it is not known, and not judged. */
const evidenceOf = ({
  files,
  proofs,
  activeAuthentication,
}: JudgeRequest<EmrtdProof>): ChipEvidence[] => {
  const given = proofs.flatMap(({ evidence }) => evidence);
  const access: ChipEvidence = {
    protocol: "access-control",
    access: {
      protocol: "none",
      variant: null,
      cipher: null,
      domainParameters: null,
      downgraded: false,
    },
    outcomes: Object.fromEntries(Object.keys(chipFiles(files)).map((name) => [name, "read"])),
  };
  const active: ActiveAuthenticationEvidence[] = activeAuthentication
    ? [{ protocol: "active-authentication", statusWord: 0x9000, ...activeAuthentication }]
    : [];
  const opened = given.some(({ protocol }) => protocol === "access-control") ? [] : [access];
  return [...opened, ...given, ...active];
};
