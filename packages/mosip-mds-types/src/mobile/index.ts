export * from "./android.js";
export * from "./ios.js";
