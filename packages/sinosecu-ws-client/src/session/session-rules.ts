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

/** Nothing on the reader; a document without parts; a document with parts. */
export type SessionState = "empty" | "laid" | "gathering";

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
