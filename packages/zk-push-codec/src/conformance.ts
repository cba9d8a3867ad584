export { type ConformanceCase, type OpenStore, storeCases } from "./conformance/store.js";
