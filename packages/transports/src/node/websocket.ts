export type { WebSocketLimits } from "./websocket-channel.js";
export {
  openWebSocket,
  type WebSocketChannel,
  type WebSocketClientOptions,
} from "./websocket-client.js";
export {
  acceptWebSockets,
  type Handshake,
  type HandshakeDecision,
  listenWebSocket,
  type WebSocketAcceptor,
  type WebSocketListener,
  type WebSocketListenOptions,
  type WebSocketServerOptions,
} from "./websocket-server.js";
