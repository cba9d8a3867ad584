import type { ChipPlace } from "../card-reader.js";
import type { Desk } from "../desk.js";
import { isPageFault, isWorldFault } from "../faults.js";
import { isProfile } from "../simulate/profile-names.js";
import type { World } from "../simulate/world.js";

interface Hands {
  readonly world: World;
  readonly desk: Desk;
  readonly chip: ChipPlace;
  readonly cardPort: number | undefined;
}

/** Does with simulated devices what a form says. @returns whether there was such a thing to do. */
export const simulate = async (
  form: Readonly<Record<string, unknown>>,
  { world, desk, chip, cardPort }: Hands,
): Promise<boolean> => {
  const text = (name: string): string => (typeof form[name] === "string" ? form[name] : "");
  switch (text("input")) {
    case "lay": {
      if (!world.reader) return false;
      const [profile, fault] = [text("profile"), text("fault")];
      const chosen = chip.kind === "sim" && isProfile(profile) ? { profile } : {};
      const wrong = isPageFault(fault) ? { fault } : {};
      await world.lay({ visitor: text("visitor"), ...chosen, ...wrong }, cardPort);
      return true;
    }
    case "take-away":
      await world.takeAway();
      return true;
    case "punch": {
      const pin = desk.story.visitor.enrolment?.pin;
      return pin !== undefined && world.clock?.terminal.punch(pin) === true;
    }
    case "fault": {
      const fault = text("fault");
      if (!isWorldFault(fault)) return false;
      world.fault(fault, text("on") !== "");
      return true;
    }
    default:
      return false;
  }
};
