import { expect, test } from "vitest";
import { serve, TOKEN } from "../serve.js";

test("the stream tells each punch once, and goes on where it was left", async () => {
  const own = await serve();
  await own.terminal("cdata?SN=STREAM01&options=all");
  const headers = { Authorization: `Bearer ${TOKEN}` };
  const open = async (more: Record<string, string> = {}) => {
    const end = new AbortController();
    const response = await fetch(`${own.url}/api/stream`, {
      headers: { ...headers, ...more },
      signal: end.signal,
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    return {
      async until(pattern: RegExp): Promise<string> {
        while (!pattern.test(text)) text += (await reader.read()).value ?? "";
        return text;
      },
      end: () => end.abort(),
    };
  };
  const punch = (pin: string) =>
    own.terminal("cdata?SN=STREAM01&table=ATTLOG&Stamp=1", `${pin}\t2015-07-30 15:16:28\t0\t1\n`);
  const first = await open();
  await punch("1");
  await punch("1");
  await punch("2");
  const text = await first.until(/"pin":"2"/);
  expect(text.match(/event: punch/g)).toHaveLength(2);
  expect(text).toMatch(/^id: 1\nevent: punch\ndata: \{"id":"1","sn":"STREAM01"/m);
  first.end();
  await punch("3");
  const second = await open({ "Last-Event-ID": "1" });
  const rest = await second.until(/"pin":"3"/);
  expect([...rest.matchAll(/"pin":"(\d)"/g)].map(([, pin]) => pin)).toEqual(["2", "3"]);
  second.end();
  await own.close();
});
