import { describe, expect, test } from "vitest";
import { serve, TOKEN } from "../serve.js";

describe("the token", () => {
  test("is needed for every path below /api", async () => {
    for (const [path, header] of [
      ["/api/devices", ""],
      ["/api/devices", "Bearer wrong"],
      ["/api/devices", TOKEN],
      ["/api/nothing", ""],
      ["/api", ""],
      ["/api/stream", ""],
      ["/api/photos/1", "Basic x"],
    ] as const) {
      const own = await serve();
      const response = await fetch(own.url + path, { headers: { Authorization: header } });
      expect([path, response.status]).toEqual([path, 401]);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      await own.close();
    }
  });

  test("cannot be tried for long from one address", async () => {
    const own = await serve();
    const ask = (token: string) =>
      fetch(`${own.url}/api/devices`, { headers: { Authorization: `Bearer ${token}` } });
    for (let i = 0; i < 10; i++) expect((await ask(`guess${i}`)).status).toBe(401);
    expect((await ask("guess")).status).toBe(429);
    expect((await ask(TOKEN)).status).toBe(429);
    await own.close();
  });
});
