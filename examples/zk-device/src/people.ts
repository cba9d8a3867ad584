import type { NamedRecord } from "@org/zk-push-codec";
import type { DeviceEngine } from "@org/zk-push-codec/testing";

/** The smallest thing that begins and ends as a JPEG picture. */
const PICTURE = Uint8Array.of(0xff, 0xd8, 0xff, 0xfe, 0, 4, 0x7a, 0x6b, 0xff, 0xd9);
/** Every so many punches, the terminal takes a picture. */
const PICTURE_EVERY = 10;

const NAMES = ["Ada", "Bram", "Chen", "Dina", "Emeka", "Farah", "Goran", "Hana", "Ivo", "Jamila"];

/** PIN of a person: the same people on every terminal. */
const pinOf = (index: number): string => (index + 1).toString();

/** Enrols people at a terminal, each with a finger. */
export const enrolPeople = (device: DeviceEngine, count: number, random: () => number): void => {
  for (let index = 0; index < count; index++) {
    const pin = pinOf(index);
    const name = `${NAMES[index % NAMES.length]} ${pin}`;
    device.recorder.enroll({ record: "USER", pin, name, privilege: 0 }, finger(pin, random));
  }
};

const finger = (pin: string, random: () => number): NamedRecord => {
  const bytes = Buffer.from(Array.from({ length: 96 }, () => Math.floor(random() * 256)));
  const template = bytes.toString("base64");
  return { record: "FP", pin, finger: 0, valid: 1, size: template.length, template };
};

/**
 * The n-th punch of a terminal. Nobody punches twice in a second, so that each is a record of its
 * own.
 */
export const punch = (
  device: DeviceEngine,
  n: number,
  at: number,
  { users, cards }: { readonly users: number; readonly cards: boolean },
): void => {
  const pin = pinOf(n % users);
  const record = device.recorder.punch(at, {
    pin,
    // In, out, in, out.
    status: Math.floor(n / users) % 2,
    ...(cards ? { idNumber: idNumberOf(pin) } : {}),
  });
  if (n % PICTURE_EVERY === 0) device.recorder.photo(record, PICTURE);
};

/** Number of an identity card: a place, a day of birth, and the rest. */
const idNumberOf = (pin: string): string => `11010519491231${pin.padStart(4, "0")}`;
