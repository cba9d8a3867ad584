export {
  type Administration,
  type AdministrationOptions,
  createAdministration,
  EXPIRY_S,
  RESYNC_TABLES,
} from "./administration.js";
export { Problem } from "./answers.js";
export { csvCell, csvLine } from "./csv.js";
export { type AdminHandlerOptions, createAdminHandler } from "./handler.js";
export { checkAreas } from "./input.js";
export {
  createLiveFeed,
  type LiveEvent,
  type LiveFeed,
  type LiveViewer,
  newestCursor,
} from "./live.js";
export { RETAINED, type TerminalFiles } from "./routes.js";
export { createSessions, type Session, type Sessions, type SessionsOptions } from "./session.js";
export {
  commandShape,
  deviceShape,
  personShape,
  quarantineShape,
} from "./shapes.js";
