import { program } from "@org/command";
import { client, errorTables } from "./client.js";

await program(client, { errors: errorTables });
