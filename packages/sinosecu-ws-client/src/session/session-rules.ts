/** What a card session hears. */
export type SessionInputKind =
  | "detected"
  | "expected"
  | "text"
  | "failure"
  | "attachment"
  | "document"
  | "taken-away"
  | "due"
  | "lost";

/** Nothing on the reader; a document without parts; with parts, but neither text nor failure; with one. */
export type SessionState = "empty" | "laid" | "gathering" | "read";

/**
 * What is done: `begin` closes what is open and begins a record; `take` gives the part to the open
 * record, or to a new one where it has such a part already; `place` finds out whose an attachment can
 * be; `leave` notes that the document is gone; `close` ends the record; `none`.
 */
export type SessionAction = "begin" | "take" | "place" | "leave" | "close" | "none";

/** The rules as data; the page of the protocol draws them and a test compares. */
export const SESSION_RULES: Readonly<
  Record<SessionState, Readonly<Record<SessionInputKind, SessionAction>>>
> = {
  empty: {
    detected: "begin",
    expected: "begin",
    text: "take",
    failure: "take",
    attachment: "place",
    document: "take",
    "taken-away": "none",
    due: "none",
    lost: "close",
  },
  laid: {
    detected: "begin",
    expected: "none",
    text: "take",
    failure: "take",
    attachment: "place",
    document: "take",
    "taken-away": "leave",
    due: "close",
    lost: "close",
  },
  gathering: {
    detected: "begin",
    // What was asked for is the reading that these parts wait for.
    expected: "none",
    text: "take",
    failure: "take",
    attachment: "place",
    document: "take",
    "taken-away": "leave",
    due: "close",
    lost: "close",
  },
  read: {
    detected: "begin",
    expected: "begin",
    text: "take",
    failure: "take",
    attachment: "place",
    document: "take",
    "taken-away": "leave",
    due: "close",
    lost: "close",
  },
};
