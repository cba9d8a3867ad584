import * as z from "zod/mini";
import { type JsonMessage, jsonMessage } from "../../json/json-message.js";
import { fields } from "../../json/schemas.js";

/** A text message of version 2: a JSON object whose `type` says which. */
export const textMessage = <const Type extends string, const Shape extends z.core.$ZodShape>(
  type: Type,
  shape: Shape,
) => {
  const schema = fields({ type: z.literal(type), ...shape });
  return { type, ...(jsonMessage(type, schema) as JsonMessage<typeof schema>) };
};
