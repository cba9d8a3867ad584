export * from "./mrz/arbitraries.js";
