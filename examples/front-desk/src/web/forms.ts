import * as z from "zod/mini";
import { type ChipKey, type PersonInput, STEP_IDS } from "../story/index.js";

const step = z.enum(STEP_IDS);
const reason = z.string().check(z.maxLength(400));

const Form = z.discriminatedUnion("input", [
  z.object({ input: z.literal("start"), step: z.enum(["capture", "enrolment"]) }),
  z.object({ input: z.literal("retry"), step }),
  z.object({ input: z.literal("skip"), step, reason }),
  z.object({ input: z.literal("override"), reason }),
  z.object({ input: z.enum(["remove", "stay", "cancel", "next-visitor"]) }),
]);

const date = z.string().check(z.regex(/^\d{6}$/));
const Key = z.union([
  z.object({ can: z.string().check(z.regex(/^\d{6,10}$/)) }),
  z.object({
    documentNumber: z.string().check(z.regex(/^[A-Z0-9]{1,22}$/)),
    dateOfBirth: date,
    dateOfExpiry: date,
  }),
]);

/** What a form asks for; `KEY` where a key is not one, `FORM` where nothing is understood. */
export const readForm = (form: Readonly<Record<string, unknown>>): PersonInput | "KEY" | "FORM" => {
  if (form["input"] === "type-key") {
    const key = keyOf(form);
    return key === undefined ? "KEY" : { input: "type-key", key };
  }
  const parsed = z.safeParse(Form, form);
  return parsed.success ? parsed.data : "FORM";
};

const keyOf = (form: Readonly<Record<string, unknown>>): ChipKey | undefined => {
  const number = form["documentNumber"];
  const plain = typeof number === "string" ? number.replace(/[\s<-]/g, "").toUpperCase() : number;
  const parsed = z.safeParse(Key, { ...form, documentNumber: plain });
  return parsed.success ? parsed.data : undefined;
};
