import { Hono } from "hono";
import type { ChipPlace } from "../card-reader.js";
import type { Desk } from "../desk.js";
import type { World } from "../simulate/world.js";
import type { ResultDesk } from "../stations/result-desk.js";

export interface AppOptions {
  readonly desk: Desk;
  readonly world: World;
  readonly results: ResultDesk;
  /** Of the desk, without a path. */
  readonly url: string;
  readonly chip: ChipPlace;
  readonly cardPort: number | undefined;
}

/** The desk on the web. */
export interface App {
  fetch(request: Request): Response | Promise<Response>;
  close(): void;
}

export const createApp = ({ results }: AppOptions): App => {
  const app = new Hono();
  app.post("/results/docval", (context) => results.handle(context.req.raw));
  return { fetch: (request) => app.fetch(request), close: () => {} };
};
