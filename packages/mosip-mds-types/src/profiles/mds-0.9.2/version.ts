/** What this version says of itself, with its revisions. */
export const SPEC_VERSION = /^0\.9\.2(\.\d+)*$/;
