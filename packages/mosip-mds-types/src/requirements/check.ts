import type { Modality } from "../vocabulary/modality.js";
import type { Level } from "../vocabulary/terms.js";
import { CAPABILITIES, type Capability, type Demand, type Use } from "./capabilities.js";
import { allowedOperations, type ComplianceOperation } from "./compliance.js";

/** What a maker says of a factor: a number, a span, or names. */
export type Claim = number | { readonly from: number; readonly to: number } | readonly string[];

/** A device as its maker describes it. */
export interface DescribedCapabilities {
  readonly modality: Modality;
  readonly use: Use;
  readonly level: Level;
  /** By factor, see CAPABILITIES. */
  readonly claims: Readonly<Record<string, Claim>>;
  readonly operations: readonly ComplianceOperation[];
}

/** What a device lacks, or has and may not have. */
export interface Lack {
  readonly factor: string;
  readonly expected: string;
  /** `nothing` when the maker says nothing of it. */
  readonly found: string;
  /** An adopter may change or leave out this demand. */
  readonly countryDecides: boolean;
}

/** Everything that keeps a described device from what MDS 0.8.4 demands of its kind, use and level. */
export const findLacks = (device: DescribedCapabilities): readonly Lack[] => {
  const missing = CAPABILITIES[device.modality].flatMap((capability): readonly Lack[] => {
    const demand = capability.demands[device.use];
    const claim = Object.hasOwn(device.claims, capability.factor)
      ? device.claims[capability.factor]
      : undefined;
    return demand === undefined || (claim !== undefined && meets(claim, demand))
      ? []
      : [lack(capability, demand, claim)];
  });
  return [...missing, ...operationLacks(device)];
};

const operationLacks = ({ level, use, operations }: DescribedCapabilities): readonly Lack[] => {
  const allowed = allowedOperations(level, use);
  const absent = allowed.filter((operation) => !operations.includes(operation));
  const surplus = operations.filter((operation) => !allowed.includes(operation));
  return [
    ...absent.map((operation) => ({
      factor: operation,
      expected: `served by a device of level ${level} for ${use}`,
      found: "nothing",
      countryDecides: false,
    })),
    ...surplus.map((operation) => ({
      factor: operation,
      expected: `not served by a device of level ${level} for ${use}`,
      found: "served",
      countryDecides: false,
    })),
  ];
};

const meets = (claim: Claim, demand: Demand): boolean => {
  if (demand.kind === "all-of") {
    return Array.isArray(claim) && demand.names.every((name) => has(claim, name));
  }
  if (typeof claim === "number") {
    switch (demand.kind) {
      case "above":
        return claim > demand.value;
      case "at-least":
        return claim >= demand.value;
      case "below":
        return claim < demand.value;
      case "at-most":
        return claim <= demand.value;
      case "within":
        return claim >= demand.from && claim <= demand.to;
      case "covers":
        return false;
    }
  }
  if (!("from" in claim)) {
    return false;
  }
  switch (demand.kind) {
    case "covers":
      return claim.from <= demand.from && claim.to >= demand.to;
    case "within":
      return claim.from >= demand.from && claim.to <= demand.to;
    case "above":
      return claim.from > demand.value;
    case "at-least":
      return claim.from >= demand.value;
    case "below":
      return claim.to < demand.value;
    case "at-most":
      return claim.to <= demand.value;
  }
};

const has = (claim: Claim, name: string): boolean =>
  Array.isArray(claim) && claim.some((said) => said.toLowerCase().trim() === name.toLowerCase());

const lack = (
  { factor, countryDecides }: Capability,
  demand: Demand,
  claim: Claim | undefined,
): Lack => ({
  factor,
  expected: sayDemand(demand),
  found: sayClaim(claim),
  countryDecides: countryDecides ?? false,
});

const sayDemand = (demand: Demand): string => {
  switch (demand.kind) {
    case "all-of":
      return demand.names.join(" and ");
    case "covers":
    case "within":
      return `${demand.from} to ${demand.to} ${demand.unit}`;
    default:
      return `${demand.kind.replace("-", " ")} ${demand.value} ${demand.unit}`;
  }
};

const sayClaim = (claim: Claim | undefined): string => {
  if (claim === undefined) {
    return "nothing";
  }
  if (typeof claim === "number") {
    return String(claim);
  }
  return "from" in claim ? `${claim.from} to ${claim.to}` : claim.join(" and ") || "nothing";
};
