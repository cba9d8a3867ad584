export * from "./iso7816/arbitraries.js";
export * from "./mrz/arbitraries.js";
