import { library } from "../../tsup.config.base.js";

export default library({
  index: "src/index.ts",
  "records/index": "src/records/index.ts",
  images: "src/images.ts",
  "http/index": "src/http/index.ts",
  "node/index": "src/node/index.ts",
  testing: "src/testing.ts",
  conformance: "src/conformance.ts",
  arbitraries: "src/arbitraries.ts",
  // Not exported: files of their own, so that bundlers leave out the versions that nobody uses.
  "profiles/mds-0.8.4": "src/profiles/mds-0.8.4/index.ts",
  "profiles/mds-0.9.2": "src/profiles/mds-0.9.2/index.ts",
  "profiles/mds-0.9.5": "src/profiles/mds-0.9.5/index.ts",
  "profiles/sbi-1.0": "src/profiles/sbi-1.0/index.ts",
  "profiles/sbi-draft-1": "src/profiles/sbi-draft-1/index.ts",
});
