import type { Level } from "../vocabulary/terms.js";
import type { Use } from "./capabilities.js";

/** Interfaces of the compliance table. */
export const COMPLIANCE_OPERATIONS = [
  "device discovery",
  "device info",
  "capture",
  "device stream",
  "registration capture",
] as const;
export type ComplianceOperation = (typeof COMPLIANCE_OPERATIONS)[number];

/** Which levels may serve what. MDS 0.8.4, section 8; the stream is in no row but goes with registration. */
export const COMPLIANCE: Readonly<Record<ComplianceOperation, readonly Level[]>> = {
  "device discovery": ["L0", "L1"],
  "device info": ["L0", "L1"],
  capture: ["L1"],
  "device stream": ["L0", "L1"],
  "registration capture": ["L0", "L1"],
};

/** Which use an interface is for, where it is not for both. MDS 0.8.4, 5(iii) to 5(v). */
const USES: Readonly<Partial<Record<ComplianceOperation, Use>>> = {
  capture: "authentication",
  "device stream": "registration",
  "registration capture": "registration",
};

/** What a device of a level and a use serves: all of it, and nothing else. */
export const allowedOperations = (level: Level, use: Use): readonly ComplianceOperation[] =>
  COMPLIANCE_OPERATIONS.filter(
    (operation) => COMPLIANCE[operation].includes(level) && (USES[operation] ?? use) === use,
  );
