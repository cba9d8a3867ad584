import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A load balancer of the simplest kind: connections go to one instance after the other. */
export interface Balancer {
  readonly port: number;
  /** How many connections each instance was given. */
  readonly given: readonly number[];
  close(): Promise<void>;
}

/** An instance that is not there is passed over. */
export const startBalancer = async (ports: readonly number[]): Promise<Balancer> => {
  const given = ports.map(() => 0);
  const sockets = new Set<Socket>();
  let turn = 0;
  const forward = (client: Socket, index: number, tries: number): void => {
    const server = connect({ port: ports[index]!, host: "127.0.0.1" });
    const passOver = () =>
      tries > 1 ? forward(client, (index + 1) % ports.length, tries - 1) : client.destroy();
    server.once("error", passOver);
    server.once("connect", () => {
      given[index]!++;
      server.off("error", passOver);
      const end = () => {
        for (const socket of [client, server]) {
          socket.destroy();
          sockets.delete(socket);
        }
      };
      sockets.add(server);
      for (const socket of [client, server]) socket.on("error", end).on("close", end);
      client.pipe(server).pipe(client);
    });
  };
  const listener = createServer((client) => {
    sockets.add(client);
    client.on("error", () => client.destroy());
    forward(client, turn++ % ports.length, ports.length);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    given,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};
