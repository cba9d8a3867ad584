import { type ClientReport, createClientV1, createClientV2, runClient } from "@org/docval-protocol";
import { createEmrtdClientChip } from "@org/docval-protocol/emrtd";
import {
  createVirtualChip,
  HOLDER_PASSWORD,
  type ProfileName,
  personalise,
} from "@org/emrtd-core/testing";
import { systemClock as clock } from "@org/transports";
import { openWebSocket } from "@org/transports/web/websocket";

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

/** What a page does that has a document and a server, here with a chip of its own. */
export const verify = async (
  server: string,
  version: 1 | 2,
  profile: ProfileName,
  cancelAfter = Number.POSITIVE_INFINITY,
): Promise<ClientReport> => {
  const chip = createVirtualChip(personalise(profile), { random });
  const { documentNumber, dateOfBirth, dateOfExpiry } = HOLDER_PASSWORD;
  const identity = { clientId: "desk", validationId: "browser" };
  const session =
    version === 2
      ? createClientV2({
          ...identity,
          random,
          sendResult: true,
          chip: createEmrtdClientChip({ access: HOLDER_PASSWORD, random }),
        })
      : createClientV1({
          ...identity,
          accessKey: {
            document_number: documentNumber,
            date_of_birth: dateOfBirth,
            date_of_expiry: dateOfExpiry,
          },
        });
  const query = version === 1 ? "?return_result=true" : "";
  const channel = await openWebSocket(`${server}/ws${version}/validate${query}`);
  const giveUp = new AbortController();
  let commands = 0;
  return runClient(channel, session, {
    clock,
    signal: giveUp.signal as AbortSignal,
    async transceive(command) {
      if (++commands > cancelAfter) giveUp.abort();
      return chip.receive(command);
    },
  });
};
