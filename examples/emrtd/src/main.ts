import { program } from "@org/command";
import { EMRTD_OPTIONS, emrtd } from "./emrtd.js";

await program(emrtd, EMRTD_OPTIONS);
