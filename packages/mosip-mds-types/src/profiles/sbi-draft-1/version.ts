/** What this version says of itself. */
export const SPEC_VERSION = /^draft\.1$/;
