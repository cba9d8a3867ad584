import type { Wire } from "../bytes.js";
import { decodeText, encodeText } from "../charset.js";
import { ZkPushError } from "../errors.js";
import { optional, type ValuesOf } from "../fields.js";
import { keyValues } from "../key-values.js";
import { headOf, keysOf, lineCodec } from "../keyed-message.js";
import { integer, text } from "../kind.js";
import { TABS } from "../style.js";

/** What follows address and path. */
const OPTION_FIELDS = {
  /** `SyncData`: replace all data of a table; `AppendData`: carry out the commands inside. */
  action: optional("Action", text),
  /** SyncData only: USERINFO, FINGERTMP or FACE. */
  tableName: optional("TableName", text),
  /** SyncData only: how many records there are. */
  recordCount: optional("RecordCount", integer),
} as const;

const OPTIONS = /* @__PURE__ */ keyValues(TABS, OPTION_FIELDS);

export type PutFile = {
  readonly command: "PutFile";
  /** Below `/iclock/` of the server, or whole with `http://`. */
  readonly url: string;
  /** Where to put it; a `.tgz` is unpacked there, by default into `/mnt/mtdblock`. */
  readonly filePath?: string;
  /** The words before the first tab, where they are spelled in another way. */
  readonly head?: Wire;
} & ValuesOf<typeof OPTION_FIELDS>;

/**
 * A terminal runs `tar` with these names in a shell, so nothing that a shell reads is allowed.
 */
const SAFE = /^[A-Za-z0-9_./:?=&%~+-]+$/;

/**
 * The terminal fetches a file, or a package of commands (see `packageCommands`). The reply is
 * `PutFileReply`.
 *
 * Attendance PUSH 3.7, 12.5.2; its note calls it GetFile by mistake.
 *
 *     PutFile url HT path
 *     PutFile url HT path HT Action=SyncData HT TableName= HT RecordCount=
 *     PutFile url HT path HT Action=AppendData
 */
export const PutFile = /* @__PURE__ */ lineCodec<PutFile>(
  "PutFile",
  { section: "12.5.2", schema: keysOf("url", "path", OPTION_FIELDS) },
  {
    encode(command, context) {
      const { command: _command, url, filePath, head, ...options } = command;
      for (const value of [url, filePath ?? ""]) {
        if (value !== "" && !SAFE.test(value)) {
          throw new ZkPushError("FIELD_FORBIDDEN", "expected a plain address and path in PutFile");
        }
      }
      if (url === "") throw new ZkPushError("FIELD_MISSING", "expected an address in PutFile");
      const spelled = head !== undefined && headOf(head, "PutFile") === head ? head : "PutFile ";
      const tail = OPTIONS.encode(options, context, "PutFile");
      if (filePath === undefined && tail !== "") {
        throw new ZkPushError("FIELD_MISSING", "expected a path before the action of PutFile");
      }
      const path = filePath === undefined ? "" : `\t${encodeText(filePath, "utf-8")}`;
      return `${spelled}${url}${path}${tail === "" ? "" : `\t${tail}`}`;
    },
    decode(line, context) {
      const head = headOf(line, "PutFile");
      const [url = "", filePath, ...rest] = line.slice(head?.length ?? 0).split("\t");
      const emptyTail = rest.length === 1 && rest[0] === "";
      if (head === undefined || emptyTail || ![url, filePath || "-"].every((t) => SAFE.test(t))) {
        throw new ZkPushError("COMMAND_MALFORMED", "expected PutFile, an address and a path");
      }
      const options = OPTIONS.decode(rest.join("\t"), context, "PutFile");
      return {
        command: "PutFile",
        url,
        ...(filePath === undefined ? {} : { filePath: decodeText(filePath, "utf-8").text }),
        ...options,
        ...(head === "PutFile " ? {} : { head }),
      };
    },
  },
);
