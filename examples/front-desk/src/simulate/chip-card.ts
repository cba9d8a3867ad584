import { randomBytes } from "node:crypto";
import { nodeCrypto } from "@org/emrtd-core/node";
import { type ChipPersonalisation, createVirtualChip } from "@org/emrtd-core/testing";
import { openVpcdCard, type VpcdCard } from "@org/transports/node/vpcd";

/** A chip that lies on the reader: it dials into the desk's card reader over TCP. */
export const layChip = (personalisation: ChipPersonalisation, port: number): Promise<VpcdCard> => {
  const chip = createVirtualChip(personalisation, {
    crypto: nodeCrypto,
    random: (length) => new Uint8Array(randomBytes(length)),
  });
  return openVpcdCard((command) => chip.receive(command), {
    port,
    redialMs: 2_000,
    onPower: () => chip.reset(),
  });
};
