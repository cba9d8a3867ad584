import type { MrzLayout } from "./layout.js";
import { MRV_A } from "./mrv-a.js";
import { MRV_B } from "./mrv-b.js";
import type { MrzFormat } from "./mrz.js";
import { TD1 } from "./td1.js";
import { TD2 } from "./td2.js";
import { TD3 } from "./td3.js";

/** The tables of every format. */
export const MRZ_LAYOUTS: Readonly<Record<MrzFormat, MrzLayout>> = {
  TD1,
  TD2,
  TD3,
  "MRV-A": MRV_A,
  "MRV-B": MRV_B,
};
