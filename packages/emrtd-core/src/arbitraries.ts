export * from "./biometrics/arbitraries.js";
export * from "./cvc/arbitraries.js";
export * from "./lds/arbitraries.js";
export * from "./lds/arbitraries-other.js";
export * from "./mrz/arbitraries.js";
