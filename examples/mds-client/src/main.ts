import { program } from "@org/command";
import { errorTables, mdsClient } from "./mds-client.js";

await program(mdsClient, { errors: errorTables });
