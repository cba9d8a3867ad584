import { CommandError } from "@org/command";
import type { ProfileName } from "@org/emrtd-core/testing";
import { openChip } from "@org/example-emrtd/chips";
import type { ApduTransport } from "@org/transports";
import { openPcsc } from "@org/transports/node/pcsc";
import { openVpcdCard, openVpcdReader, type VpcdCard } from "@org/transports/node/vpcd";
import { isProfile } from "./simulate/profile-names.js";

/** Where the chip is: one of ours, a virtual card that dials in, a card reader of this machine. */
export type ChipPlace =
  | { readonly kind: "sim"; readonly profile: ProfileName }
  | { readonly kind: "dir"; readonly folder: string }
  | { readonly kind: "vpcd"; readonly port: number }
  | { readonly kind: "pcsc"; readonly reader: string };

const FORMS = "sim[:PROFILE], dir:DIR, vpcd[:PORT], pcsc[:READER]";
const DEFAULT_PROFILE: ProfileName = "bac-rsa";
const VPCD_PORT = 35_963;

/** @throws CommandError `USAGE` for anything else. */
export const parseChipPlace = (text: string): ChipPlace => {
  const [kind, ...parts] = text.split(":");
  const rest = parts.join(":");
  if (kind === "sim") {
    const profile = rest === "" ? DEFAULT_PROFILE : rest;
    if (isProfile(profile)) return { kind, profile };
    throw wrong("the name of a profile behind sim:", text);
  }
  if (kind === "dir" && rest !== "") return { kind, folder: rest };
  if (kind === "vpcd" && /^\d{0,5}$/.test(rest) && Number(rest) <= 65_535) {
    return { kind, port: rest === "" ? VPCD_PORT : Number(rest) };
  }
  if (kind === "pcsc") return { kind, reader: rest };
  throw wrong(`one of ${FORMS} for --chip`, text);
};

const wrong = (expected: string, found: string): CommandError =>
  new CommandError("USAGE", `expected ${expected}, found ${JSON.stringify(found)}`);

/** The desk's card reader. */
export interface CardReader {
  /** The transport, opened when it is first asked for and again after it was lost. */
  transport(): Promise<ApduTransport>;
  /** Where a virtual card dials in. */
  readonly port?: number;
  close(): Promise<void>;
}

export const openCardReader = async (place: ChipPlace): Promise<CardReader> => {
  if (place.kind === "pcsc") return pcscReader(place.reader);
  const reader = await openVpcdReader({ port: place.kind === "vpcd" ? place.port : 0 });
  const card = place.kind === "dir" ? await layFolder(place.folder, reader.port) : undefined;
  return {
    port: reader.port,
    async close() {
      await card?.close();
      await reader.close();
    },
    transport: async () => {
      // A chip forgets the session of an earlier attempt.
      if (reader.card) await reader.reset();
      return reader;
    },
  };
};

/** A chip made of a folder's files, which lies on the reader for as long as the desk is open. */
const layFolder = async (folder: string, port: number): Promise<VpcdCard> => {
  const context = { note: () => {}, signal: new AbortController().signal };
  const chip = await openChip(`dir:${folder}`, context);
  return openVpcdCard((command) => chip.transceive(command), { port });
};

/** The document is there for the time of one reading, so the connection is made for each. */
const pcscReader = (name: string): CardReader => {
  let last: ApduTransport | undefined;
  const close = async () => {
    await last?.close();
    last = undefined;
  };
  return {
    close,
    async transport() {
      await close();
      last = await openPcsc({
        binding: () => import("smartcard"),
        ...(name === "" ? {} : { reader: /^\d+$/.test(name) ? Number(name) : name }),
      });
      return last;
    },
  };
};
