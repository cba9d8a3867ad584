import { nodeCrypto } from "@org/emrtd-core/node";
import { describe, expect, test } from "vitest";
import { type ServerUnderTest, serverCases } from "../src/conformance.js";
import { createEmrtdClientChip, readChipLengths } from "../src/emrtd/index.js";
import type { ServerSession } from "../src/index.js";
import { createServerSession } from "../src/server/create-session.js";
import { serveSession } from "../src/server/serve-session.js";
import { createChannelPair } from "../src/testing/channel-pair.js";
import { createFakeClock } from "../src/testing/fake-clock.js";
import { misbehave } from "../src/testing/misbehaving-server.js";
import { chipOf, PASSWORD } from "./support/documents.js";
import { countingRandom } from "./support/random.js";
import { ACCESS_KEY, serverOptions } from "./support/run.js";

const serverOf = (
  wrap: (session: ServerSession) => ServerSession = (session) => session,
): ServerUnderTest => {
  const clock = createFakeClock();
  const random = countingRandom();
  return {
    clock,
    random,
    clientId: "test",
    async open(version) {
      const pair = createChannelPair();
      const kind = version === 1 ? { version, returnResult: true } : ({ version } as const);
      const session = createServerSession(kind, serverOptions(), clock.now());
      void serveSession(pair.server, wrap(session), { clock, deliver: async () => true });
      return pair.client;
    },
    document() {
      const { transceive } = chipOf("ca-aes");
      return {
        transceive,
        accessKey: ACCESS_KEY,
        chip: createEmrtdClientChip({ access: PASSWORD, random, crypto: nodeCrypto }),
        readLengths: readChipLengths({ random, crypto: nodeCrypto }),
      };
    },
  };
};

describe("our own server", () => {
  test.each(serverCases(serverOf()))("$name", ({ run }) => run());
});

describe("a server that is wrong is found out", () => {
  test.each([
    [
      "it sends what no client knows",
      "unknown-message",
      "serves android-2.1.26 in version 2 to a result",
    ],
    [
      "it hands back without dg1",
      "handback-without-dg1",
      "serves ios-2.1.2 in version 2 to a result",
    ],
    ["it is silent", "silent", "version 2: START twice ends with PROTOCOL_ERROR"],
    [
      "it does not say that it closes",
      "no-close",
      "version 1: an unknown client ends with INVALID_CLIENT_ID",
    ],
  ])("%s", async (_, fault, name) => {
    const server = serverOf((session) => misbehave(session, fault));
    const found = serverCases(server).find((conformanceCase) => conformanceCase.name === name)!;
    let failure: unknown;
    const running = found.run().catch((error) => {
      failure = error;
    });
    for (let turn = 0; turn < 60; turn++) {
      await (server.clock as ReturnType<typeof createFakeClock>).advance(1_000);
    }
    await running;
    expect(failure).toMatchObject({ code: "CONFORMANCE" });
  });
});
