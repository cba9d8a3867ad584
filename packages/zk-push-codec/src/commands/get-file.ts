import { type Worded, wordedCommand } from "../worded-command.js";

export type GetFile = Worded<"GetFile">;

/**
 * Asks for a file of the terminal. The reply is `GetFileReply`.
 *
 * Attendance PUSH 3.7, 12.5.1.
 *
 *     GetFile path
 */
export const GetFile = /* @__PURE__ */ wordedCommand("GetFile", {
  section: "12.5.1",
  schema: ["path"],
});
