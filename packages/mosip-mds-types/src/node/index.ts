export { httpSend } from "./http-send.js";
export { loadJpeg2000Wasm } from "./jpeg2000.js";
export { rawSend } from "./raw-send.js";
export { readSamples } from "./samples-folder.js";
