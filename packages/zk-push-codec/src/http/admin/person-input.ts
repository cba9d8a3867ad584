import type { UserValues } from "../../server-store.js";
import { malformed } from "./answers.js";
import { areasMember, numberMember, readObject, textMember } from "./input.js";

const TEXTS = ["name", "password", "card", "viceCard"] as const;
const NUMBERS = { privilege: [0, 14], group: [0, 99], verify: [-1, 255] } as const;

/** What a request says of a person; an absent member says nothing. */
export const readPerson = async (
  request: Request,
): Promise<{ readonly values: Partial<UserValues>; readonly areas?: readonly string[] }> => {
  const members = await readObject(request, [...TEXTS, ...Object.keys(NUMBERS), "areas"]);
  const values: Record<string, string | number> = {};
  for (const name of TEXTS) {
    const text = textMember(members, name);
    if (text === undefined) continue;
    if (text.length > 200) throw malformed(`expected at most 200 characters as ${name}`);
    values[name] = text;
  }
  for (const [name, [min, max]] of Object.entries(NUMBERS)) {
    const number = numberMember(members, name, min, max);
    if (number !== undefined) values[name] = number;
  }
  const areas = areasMember(members);
  return { values, ...(areas === undefined ? {} : { areas }) };
};
