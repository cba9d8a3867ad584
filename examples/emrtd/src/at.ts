import { CommandError } from "@org/command";

export const AT_FLAG = {
  at: { type: "text", value: "ISO-DATE", help: "judge as of this date instead of now" },
} as const;

/** The instant to judge for. A date alone is its midnight in UTC. */
export const parseAt = (text: string | undefined): Date => {
  if (text === undefined) return new Date();
  const date = new Date(text);
  if (
    !/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) ||
    Number.isNaN(date.getTime())
  ) {
    throw new CommandError(
      "USAGE",
      `expected a date such as 2026-01-31 or 2026-01-31T12:00:00Z for --at, found ${JSON.stringify(text)}`,
    );
  }
  return date;
};
