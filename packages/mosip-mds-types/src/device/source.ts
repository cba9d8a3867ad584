import type { GreyImage } from "../images/grey-image.js";
import type { BioSubType } from "../vocabulary/bio-sub-type.js";
import type { Modality } from "../vocabulary/modality.js";
import type { Purpose } from "../vocabulary/terms.js";

/** What a sensor is asked for. */
export interface SourceRequest {
  readonly modality: Modality;
  readonly purpose: Purpose;
  /** Fingers or eyes in the order of the answer; `unknown` where any will do; one for a face. */
  readonly positions: readonly BioSubType[];
  /** Fingers or eyes that the person does not have. */
  readonly exceptions: readonly BioSubType[];
  readonly subId: number;
  readonly requestedScore: number;
  /** Aborts when nobody waits any longer. */
  readonly signal: AbortSignal;
}

/** One captured finger, eye or face. */
export interface Sample {
  /** Absent for a face. */
  readonly subType?: BioSubType;
  /** 0 to 100. */
  readonly quality: number;
  /** ISO/IEC 19794-4, -5 or -6. */
  readonly record: Uint8Array;
  /** The image alone, as registrations of 0.8.4 and 0.9.2 send it. */
  readonly image: Uint8Array;
  /** ISO/IEC 19794-2, for fingers. */
  readonly minutiae?: Uint8Array;
}

/** One picture of the preview, with the score of that moment. */
export interface PreviewFrame {
  readonly image: GreyImage;
  readonly score: number;
}

/**
 * A sensor, or what plays one.
 *
 * `attempts` gives one try after the other, each with all samples; the service takes the first that is
 * good enough and the best when time is up. `preview` gives frames as fast as they are asked for.
 */
export interface CaptureSource {
  attempts(request: SourceRequest): AsyncIterable<readonly Sample[]>;
  preview(subId: number, signal: AbortSignal): AsyncIterable<PreviewFrame>;
}
