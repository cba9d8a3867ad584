import { command } from "@org/command";
import { SWITCHES, type SwitchName } from "@org/sinosecu-ws-client";
import { SERVICE_FLAGS, withReader } from "../service.js";

export const set = command({
  name: "set",
  summary: "Switches a setting of the service; it forgets it when it starts anew",
  flags: SERVICE_FLAGS,
  operands: {
    name: { help: "the setting", choices: Object.keys(SWITCHES) },
    value: { help: "on or off", choices: ["True", "False"] },
  },
  async run({ flags, operands, output, signal }) {
    const name = operands.name as SwitchName;
    const on = operands.value === "True";
    await withReader(flags, signal, (reader) => reader.set(name, on, { signal }));
    output.result({ [name]: on }, `${name} is ${on ? "on" : "off"}`);
  },
});
