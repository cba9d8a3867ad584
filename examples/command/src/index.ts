export * from "./command.js";
export * from "./errors.js";
export * from "./files.js";
export type * from "./flags.js";
export * from "./listening.js";
export { Output, printable, table, toJson } from "./output.js";
export { type ProgramOptions, program, runProgram } from "./program.js";
export { startTimeLimit, type TimeLimit } from "./time-limit.js";
