import type { Clock } from "../clock.js";
import type { CaptureSource, PreviewFrame, Sample } from "../device/source.js";
import type { GreyImage } from "../images/grey-image.js";
import type { BioSubType } from "../vocabulary/bio-sub-type.js";

/** A sample that is always the same, for a position or for any. */
export interface FixedSample extends Sample {
  /** `unknown` serves where no other fits. */
  readonly subType: BioSubType;
}

/**
 * A sensor that gives the same samples every time, such as those of a folder.
 *
 * A capture of a position that has no sample gives none, as a sensor without a finger on it.
 */
export const createFixedSource = (
  samples: readonly FixedSample[],
  preview: GreyImage,
  clock: Clock,
): CaptureSource => ({
  async *attempts({ positions, modality, signal }) {
    const any = samples.find(({ subType }) => subType === "unknown") ?? samples[0];
    const named = new Set(positions);
    const spare = samples.filter(({ subType }) => !named.has(subType));
    let used = 0;
    const found = positions.map((position): Sample | undefined => {
      const sample =
        position === "unknown"
          ? (spare[used++] ?? any)
          : samples.find(({ subType }) => subType === position);
      if (sample === undefined) {
        return undefined;
      }
      const { subType: _, ...rest } = sample;
      return modality === "face" ? rest : { ...rest, subType: position };
    });
    if (found.every((sample) => sample !== undefined)) {
      yield found;
    }
    await clock.sleep(60_000, signal);
  },
  async *preview(_subId, signal): AsyncGenerator<PreviewFrame> {
    const [first] = samples;
    while (!signal.aborted) {
      yield { image: preview, score: first?.quality ?? 0 };
    }
  },
});
