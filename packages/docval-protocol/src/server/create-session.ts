import type { ServerSession, ServerSessionOptions } from "../session/server-session.js";
import { createServerV1 } from "../session/server-v1.js";
import { createServerV2 } from "../session/server-v2.js";
import type { SessionKind } from "./upgrade.js";

/** The session that a connection is to be. */
export const createServerSession = <Proof>(
  kind: SessionKind,
  options: ServerSessionOptions<Proof>,
  now: number,
): ServerSession =>
  kind.version === 1
    ? createServerV1({ ...options, returnResult: kind.returnResult }, now)
    : createServerV2(options, now);
