export { loadJpeg2000Wasm } from "./jpeg2000.js";
export { readSamples } from "./samples-folder.js";
export { readTrust } from "./trust-folder.js";
