import * as z from "zod/mini";
import { jsonMessage } from "../../json/json-message.js";

/** A text message of version 2: a JSON object whose `type` says which. */
export const textMessage = <const Type extends string, Shape extends z.core.$ZodShape>(
  type: Type,
  shape: () => Shape,
) => ({ type, ...jsonMessage(type, () => ({ type: z.literal(type), ...shape() })) });
