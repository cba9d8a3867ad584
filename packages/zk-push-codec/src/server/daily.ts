import { crc32 } from "../crc32.js";
import { offsetMinutes } from "../engine/zone.js";
import { ZkPushError } from "../errors.js";
import type { ServerStore } from "../server-store.js";
import type { DeviceState } from "../store.js";
import type { Reconciler } from "./reconcile.js";

const DAY_MS = 24 * 60 * 60 * 1_000;
const PAGE = 1_000;

/**
 * Asks every terminal that is served, and was here in the last two days, how many records yesterday
 * had: yesterday by its own clock, and once, whoever else asks and however often.
 *
 * @param timeZone of terminals that have none of their own.
 * @param signal ends it between two pages of terminals.
 * @returns how many were asked.
 */
export const checkYesterday = async (
  store: ServerStore,
  reconciler: Reconciler,
  timeZone: string,
  now: number,
  signal?: AbortSignal,
): Promise<number> => {
  let asked = 0;
  for (let cursor: string | null = ""; cursor !== null && signal?.aborted !== true; ) {
    const page: Awaited<ReturnType<ServerStore["devices"]>> = await store.devices({
      limit: PAGE,
      ...(cursor === "" ? {} : { cursor }),
    });
    // Together, so that a store that commits in groups can do so.
    const done = await Promise.all(
      page.items.map(async (device) => {
        const day = dayAt(device.timeZone ?? timeZone, now - DAY_MS);
        return isDue(device, day, now) && (await askOnce(reconciler, device.sn, day, now));
      }),
    );
    asked += done.filter(Boolean).length;
    cursor = page.next;
  }
  return asked;
};

const dayAt = (zone: string, utc: number): string =>
  new Date(utc + offsetMinutes(zone, utc) * 60_000).toISOString().slice(0, 10);

const isDue = ({ standing, lastSeen, reconciled }: DeviceState, day: string, now: number) =>
  standing === "approved" && now - lastSeen < 2 * DAY_MS && reconciled?.day !== day;

/** The id of the command is made of the day, and a store takes an id once. */
const askOnce = async (
  reconciler: Reconciler,
  sn: string,
  day: string,
  now: number,
): Promise<boolean> => {
  const mark = crc32(new TextEncoder().encode(`${day} ${sn}`)).toString(36);
  try {
    await reconciler.check(sn, day, now, `V${day.replaceAll("-", "").slice(2)}${mark}`);
    return true;
  } catch (error) {
    if (error instanceof ZkPushError && error.code === "STORE_FAILED") return false;
    throw error;
  }
};
