/** What stands for a close without a code, and for no close at all (RFC 6455, 7.1.5). */
export const NO_CODE = 1005;
export const ABNORMAL = 1006;
