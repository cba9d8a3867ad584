import { readFileSync, writeFileSync } from "node:fs";
import { QUIRK_PAGE, withQuirkTables } from "./quirk-tables.js";

writeFileSync(QUIRK_PAGE, withQuirkTables(readFileSync(QUIRK_PAGE, "utf8")));
