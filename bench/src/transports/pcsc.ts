import { openPcsc } from "@org/transports/node/pcsc";
import { openVpcdCard } from "@org/transports/node/vpcd";
import type { Contest } from "../harness.js";
import { openEcho } from "./echo.js";

/**
 * The same through a PC/SC service and its virtual reader: reported, and promised nothing, for most of
 * it is the service's. Runs where such a service was made for it:
 * `packages/transports/test/pcscd.sh pnpm bench transports`.
 */
export const pcscExchange = async (): Promise<Contest> => {
  const opening = openPcsc({ binding: () => import("smartcard"), waitForCard: true });
  await openVpcdCard(() => new Uint8Array(258));
  const transport = await opening;
  const command = Uint8Array.of(0x00, 0xb0, 0x00, 0x00, 0x00);
  return {
    title: "one exchange of 5 and 258 bytes through PC/SC",
    baseline: "bare socket and echo",
    contestants: {
      "bare socket and echo": await openEcho(7, 260),
      "PC/SC service, virtual reader and card": () => transport.transceive(command),
    },
    budgets: [],
  };
};
