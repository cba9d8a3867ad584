export * from "./chip/pki.js";
