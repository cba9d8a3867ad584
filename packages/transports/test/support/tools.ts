import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const directories = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];

const isThere = (tool: string): boolean =>
  directories.some((directory) => {
    try {
      accessSync(join(directory, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** Those of the tools that are not on this machine. */
export const missingTools = (...tools: readonly string[]): string[] =>
  tools.filter((tool) => !isThere(tool));

/** On a build machine nothing may be left out. */
export const inCi = process.env["CI"] === "true";
