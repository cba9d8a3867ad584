import { WebSocket as UndiciWebSocket } from "undici";

/** The WebSocket that Node has built in from 22 on; for 20, the package that it was built in from. */
export const PlatformWebSocket: typeof WebSocket =
  globalThis.WebSocket ?? (UndiciWebSocket as unknown as typeof WebSocket);
