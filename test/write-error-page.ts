import { writeFileSync } from "node:fs";
import { errorsPage } from "./error-pages.js";

writeFileSync("docs/errors.md", await errorsPage());
