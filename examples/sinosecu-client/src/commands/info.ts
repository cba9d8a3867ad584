import { command, table } from "@org/command";
import { SERVICE_FLAGS, withReader } from "../service.js";

export const info = command({
  name: "info",
  summary: "Says what the reader is and whether it is there",
  flags: SERVICE_FLAGS,
  async run({ flags, output, signal }) {
    const told = await withReader(flags, signal, (reader) => reader.info({ signal }));
    const answer = Object.fromEntries(
      Object.entries(told).map(([key, value]) => [key, value ?? null]),
    );
    output.result(answer, table(Object.entries(answer).map(([key, value]) => [key, value ?? "-"])));
  },
});
