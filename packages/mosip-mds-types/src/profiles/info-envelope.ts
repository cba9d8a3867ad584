import type { MessageCodec } from "../message.js";
import { mapping, row } from "../model/mapping.js";
import type * as as from "../model/pairs.js";
import type { Device } from "../model/types.js";
import type { InfoItem, Profile } from "./profile.js";

/** The list round `deviceInfo` since 0.9.2: a token, and an error beside it. */
export const tokenEnvelope = <Wire>(
  codec: MessageCodec<Wire>,
  error: typeof as.error,
): Profile["infoEnvelope"] => {
  const beside = mapping<Device>(() => [row("error", "error", error)]);
  return {
    write: (items) =>
      codec.encode(
        items.map((item) => ({
          ...(item.signed === undefined ? {} : { deviceInfo: item.signed }),
          ...beside.down({ ...(item.beside.error && { error: item.beside.error }) }).value,
        })) as Wire,
      ),
    read: (text) =>
      (codec.decode(text) as readonly Record<string, unknown>[]).map((item): InfoItem => {
        const { deviceInfo, ...rest } = item;
        return {
          beside: beside.up(rest).value,
          // Some services leave the text empty where there is only an error.
          ...(typeof deviceInfo === "string" && deviceInfo !== "" ? { signed: deviceInfo } : {}),
        };
      }),
  };
};
