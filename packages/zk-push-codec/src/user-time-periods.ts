import { invalid, type Kind } from "./kind.js";

/** TZ of a user: when he may pass. 11.5. */
export interface UserTimePeriods {
  /** False: the periods of the group rule. */
  readonly personal: boolean;
  /** Numbers of up to three personal time periods; 0 is none. */
  readonly periods: readonly [number, number, number];
}

/** `0001000200010000`: personal, then three numbers, four digits each. */
const SHAPE = /^(\d{4})(\d{4})(\d{4})(\d{4})$/;

export const userTimePeriods: Kind<UserTimePeriods> = {
  name: "userTimePeriods",
  decode(raw, context, key) {
    const match = SHAPE.exec(raw);
    if (match === null) {
      if (raw !== "") context.report({ code: "FIELD_UNREADABLE", field: key });
      return undefined;
    }
    const [flag, first, second, third] = match.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
    ];
    if (flag > 1) {
      context.report({ code: "FIELD_UNREADABLE", field: key });
      return undefined;
    }
    return { personal: flag === 1, periods: [first, second, third] };
  },
  encode({ personal, periods }, _context, path) {
    const four = (value: number): string => {
      if (!Number.isInteger(value) || value < 0 || value > 9_999) {
        throw invalid(path, "time period numbers of 0 to 9999");
      }
      return value.toString().padStart(4, "0");
    };
    return [personal ? 1 : 0, ...periods].map(four).join("");
  },
};
