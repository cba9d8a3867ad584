/** Where a DocVal server posts its results. */
export const RESULT_PATH = "/results/docval";
