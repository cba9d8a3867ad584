import * as z from "zod/mini";

/** A value that may be null: absent is read as null, and null is written, since clients ask for the key. */
export const orNull = <Schema extends z.core.$ZodType>(schema: Schema) =>
  z._default(z.nullable(schema), null);
