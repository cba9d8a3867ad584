export { type ChipPlace, parseChipPlace } from "./card-reader.js";
export { type FrontDesk, type FrontDeskOptions, openFrontDesk } from "./front-desk.js";
export { type PlayedStep, type PlayOptions, playVisit } from "./play.js";
export { playFrontDesk } from "./play-front-desk.js";
