import type { ChipFiles } from "../record/chip-files.js";
import { readRecord } from "../record/document-record.js";
import type { ParseMrz } from "../record/mrz.js";
import type { CardRecord } from "../session/card-record.js";
import type { ChipVerdict, ReaderDocument } from "./reader.js";

interface DeliveryOptions<Report> {
  readonly parseMrz?: ParseMrz | undefined;
  readonly verifyChip?: ((files: ChipFiles) => Report | Promise<Report>) | undefined;
  deliver(document: ReaderDocument<Report>): void;
}

/** Makes documents of records and hands them over in their order, however long a verifier takes. */
export const createDelivery = <Report>(options: DeliveryOptions<Report>) => {
  let last: Promise<void> | undefined;

  const deliver = (record: CardRecord): void => {
    const document = readRecord(record, options.parseMrz);
    const files = document.chip && "files" in document.chip ? document.chip.files : undefined;
    const verifying =
      files && options.verifyChip
        ? verify(files, options.verifyChip)
        : verdictWithout<Report>(document);
    if (last === undefined && !(verifying instanceof Promise)) {
      options.deliver({ ...document, ...verifying });
      return;
    }
    const mine = (last ?? Promise.resolve())
      .then(() => verifying)
      .then((verdict) => options.deliver({ ...document, ...verdict }));
    last = mine;
    void mine.then(() => {
      if (last === mine) last = undefined;
    });
  };

  return {
    deliver,
    /** A document is read and not handed over yet: its chip is being judged. */
    get busy() {
      return last !== undefined;
    },
  };
};

export type Delivery = ReturnType<typeof createDelivery>;

type Verdict<Report> = { readonly chipVerdict?: ChipVerdict<Report> };

const verify = async <Report>(
  files: ChipFiles,
  verifyChip: (files: ChipFiles) => Report | Promise<Report>,
): Promise<Verdict<Report>> => {
  try {
    return { chipVerdict: { status: "verified", report: await verifyChip(files) } };
  } catch {
    return { chipVerdict: { status: "undetermined", reason: "VERIFIER_FAILED" } };
  }
};

const verdictWithout = <Report>({ chip }: { chip?: object }): Verdict<Report> => {
  if (chip === undefined) return {};
  const reason = "problem" in chip ? "HEX_INVALID" : "NO_VERIFIER";
  return { chipVerdict: { status: "undetermined", reason } };
};
