import { writeWholeFile } from "@org/command";
import {
  biometricImages,
  type ChipFiles,
  decodeDg2,
  EmrtdError,
  REASONS,
  type VerificationReport,
} from "@org/emrtd-core";
import { type DisplayableImage, loadJpeg2000, toDisplayable } from "@org/emrtd-core/images";
import { reportHtml } from "./html.js";

/** Writes the report as one page, portrait included; it holds personal data: for the owner's eyes only. */
export const writeHtmlReport = async (
  path: string,
  report: VerificationReport,
  files: ChipFiles,
  at: Date,
): Promise<void> => {
  const meaning = (code: string) => (REASONS as Readonly<Record<string, string>>)[code] ?? "";
  // Only a portrait that the signed list vouches for is shown.
  const covered = report.dataGroups[2]?.hash === "match" ? files.DG2 : undefined;
  const portraits = covered === undefined ? [] : await portraitsOf(covered);
  await writeWholeFile(path, reportHtml({ report, portraits, meaning, at }), 0o600);
};

/** Portraits that can be shown; one that cannot be decoded is left out of the page, not the page. */
const portraitsOf = async (dg2: Uint8Array): Promise<DisplayableImage[]> => {
  const decoder = await loadJpeg2000();
  try {
    return biometricImages(decodeDg2(dg2)).flatMap((image) => {
      try {
        return [toDisplayable(image, decoder)];
      } catch (error) {
        if (error instanceof EmrtdError) return [];
        throw error;
      }
    });
  } catch (error) {
    if (error instanceof EmrtdError) return [];
    throw error;
  }
};
