import type { Transceive } from "../protocol.js";
import type { VirtualChip } from "./virtual-chip.js";

/**
 * A virtual chip behind the function that `drive` takes.
 *
 * @param options.sleep keeps the chip's delay, where the caller has a clock to keep it with.
 */
export const transceiveWith =
  (
    chip: VirtualChip,
    options: { readonly sleep?: (milliseconds: number) => Promise<void> } = {},
  ): Transceive =>
  async (command) => {
    const answer = chip.receive(command);
    if (chip.delay > 0) await options.sleep?.(chip.delay);
    return answer;
  };
