/** What this version says of itself, with its revisions. */
export const SPEC_VERSION = /^1\.0(\.\d+)*$/;
