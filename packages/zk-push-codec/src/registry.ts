import { COMMANDS } from "./commands/any.js";
import type { ProtocolVersion } from "./protocol-version.js";
import { NAMED_RECORDS } from "./records/any.js";
import { AttendanceRecord } from "./records/attendance.js";
import { AttendancePhoto } from "./records/attendance-photo.js";
import { IdentityCardAttendanceRecord } from "./records/identity-card-attendance.js";
import { GetFileReply } from "./replies/get-file.js";
import { InfoReply } from "./replies/info.js";
import { PutFileReply } from "./replies/put-file.js";
import { ReturnReply } from "./replies/return.js";
import { ShellReply } from "./replies/shell.js";
import { VerifySumReply } from "./replies/verify-sum.js";
import { REQUESTS } from "./requests/any.js";
import { Acknowledgement } from "./responses/acknowledgement.js";
import { CommandsReply } from "./responses/commands.js";
import { FactorsReply, PublicKeyReply } from "./responses/exchange.js";
import { InitializationReply } from "./responses/initialization.js";
import { RemoteAttendanceReply } from "./responses/remote-attendance.js";

/** What every codec says of itself. */
export interface Described {
  readonly name: string;
  readonly section: string;
  readonly since: ProtocolVersion;
  readonly schema: readonly string[];
}

/** Codecs of one place in the protocol. */
const kinds = () =>
  ({
    /** Terminal to server: a whole HTTP request. */
    request: Object.values(REQUESTS),
    /** Terminal to server: one record of a body. */
    record: [
      AttendanceRecord,
      IdentityCardAttendanceRecord,
      AttendancePhoto,
      ...Object.values(NAMED_RECORDS),
    ],
    /** Server to terminal: the text of one command. */
    command: Object.values(COMMANDS),
    /** Terminal to server: what became of one command. */
    reply: [ReturnReply, VerifySumReply, InfoReply, GetFileReply, PutFileReply, ShellReply],
    /** Server to terminal: the body of an answer. */
    response: [
      InitializationReply,
      PublicKeyReply,
      FactorsReply,
      CommandsReply,
      Acknowledgement,
      RemoteAttendanceReply,
    ],
  }) as const;

/** Place of a message in the protocol. */
export type InteractionKind = keyof ReturnType<typeof kinds>;

/** Any codec of the registry. */
export type InteractionCodec = ReturnType<typeof kinds>[InteractionKind][number];

/** One message of the protocol: what the document defines, and the codec that does it. */
export interface Interaction extends Described {
  readonly kind: InteractionKind;
  readonly sender: "device" | "server";
  readonly codec: InteractionCodec;
}

/** Every message of the protocol, derived from the lists that the codecs themselves use. */
export const INTERACTIONS: readonly Interaction[] = /* @__PURE__ */ (() => {
  const all = kinds();
  return (Object.keys(all) as InteractionKind[]).flatMap((kind) =>
    all[kind].map((codec: InteractionCodec) => ({
      kind,
      sender: kind === "command" || kind === "response" ? ("server" as const) : ("device" as const),
      name: codec.name,
      section: codec.section,
      since: codec.since,
      schema: codec.schema,
      codec,
    })),
  );
})();
