import { codeTable } from "./code-table.js";

/** Error codes of the error log: appendix 9. */
export const ERROR_CODES = /* @__PURE__ */ codeTable<string>("appendix 9", [
  ["00000000", "no error"],
  ["D01E0001", "no face found"],
  ["D01E0002", "face covered"],
  ["D01E0003", "not sharp enough"],
  ["D01E0004", "face turned too far"],
  ["D01E0005", "not a living face"],
  ["D01E0006", "no template could be made"],
]);

/** Modules of a terminal, second and third character of an error code: appendix 9. */
export const ERROR_MODULES = /* @__PURE__ */ codeTable<string>("appendix 9", [
  ["01", "PUSH communication"],
  ["02", "templates"],
  ["03", "hardware"],
  ["04", "PULL communication"],
  ["05", "offline communication"],
  ["06", "data transfer"],
  ["07", "licence service"],
]);

/** DataOrigin of an error: 11.16. */
export const DATA_ORIGINS = /* @__PURE__ */ codeTable<string>("11.16", [
  ["dev", "from the terminal"],
  ["cmd", "from a command of the server"],
]);

/** An error code taken apart: `D01E0001` is made by the device, module 01, error, value 1. */
export interface ErrorCode {
  readonly origin: "device" | "software";
  readonly module: string;
  readonly type: string;
  readonly value: number;
}

/** The parts of an error code; `undefined` for `00000000` and what has another shape. */
export const parseErrorCode = (code: string): ErrorCode | undefined => {
  const match = /^([DS])(..)(.)(\d{4})$/.exec(code);
  if (match === null) return undefined;
  const [, origin, module, type, value] = match as unknown as [string, ...ErrorParts];
  return {
    origin: origin === "D" ? "device" : "software",
    module,
    type,
    value: Number(value),
  };
};

type ErrorParts = [origin: string, module: string, type: string, value: string];
