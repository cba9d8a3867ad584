import { command } from "@org/command";
import { SERVICE_FLAGS, withReader } from "../service.js";

export const constant = command({
  name: "constant",
  summary: "Gives a sentence of the service in its own language",
  flags: SERVICE_FLAGS,
  operands: { id: { help: "id of the sentence, such as DeviceConnected, or an integrator's own" } },
  async run({ flags, operands, output, signal }) {
    const text = await withReader(flags, signal, (reader) =>
      reader.constant(operands.id, { signal }),
    );
    output.result({ [operands.id]: text }, text);
  },
});
