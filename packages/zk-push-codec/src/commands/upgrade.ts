import type { Wire } from "../bytes.js";
import { ZkPushError } from "../errors.js";
import { optional, required, type ValuesOf } from "../fields.js";
import { keyValues } from "../key-values.js";
import { headOf, keysOf, lineCodec } from "../keyed-message.js";
import { integer, text } from "../kind.js";
import { COMMAS } from "../style.js";

const CHECKSUM = /* @__PURE__ */ required("checksum", text);
const URL_FIELD = /* @__PURE__ */ required("url", text);
const SIZE = /* @__PURE__ */ optional("size", integer);

const BASE64_FIELDS = { checksum: CHECKSUM, url: URL_FIELD, size: SIZE } as const;
const RAW_FIELDS = {
  type: required("type", integer),
  checksum: CHECKSUM,
  size: SIZE,
  url: URL_FIELD,
} as const;

const BASE64 = /* @__PURE__ */ keyValues(COMMAS, BASE64_FIELDS);
const RAW = /* @__PURE__ */ keyValues(COMMAS, RAW_FIELDS);

export type Upgrade = {
  readonly command: "UPGRADE";
  /** 1: the file is served as it is; absent: in base64. */
  readonly type?: number;
  /** The words before the first pair, where they are spelled in another way. */
  readonly head?: Wire;
} & ValuesOf<typeof BASE64_FIELDS>;

/**
 * The terminal fetches new firmware by `GetFileRequest` and installs it. Size and MD5 are those of
 * the file itself, whichever way it is served.
 *
 * Attendance PUSH 3.7, 12.8.2, whose examples mangle an address and answer with another id.
 *
 *     UPGRADE checksum=md5,url=address,size=bytes            served in base64
 *     UPGRADE type=1,checksum=md5,size=bytes,url=address     served as it is
 */
export const Upgrade = /* @__PURE__ */ lineCodec<Upgrade>(
  "UPGRADE",
  { section: "12.8.2", schema: keysOf(RAW_FIELDS) },
  {
    encode(command, context) {
      const { command: _command, head, type, ...values } = command;
      const spelled = head !== undefined && headOf(head, "UPGRADE") === head ? head : "UPGRADE ";
      const pairs =
        type === undefined
          ? BASE64.encode(values, context, "UPGRADE")
          : RAW.encode({ ...values, type }, context, "UPGRADE");
      return spelled + pairs;
    },
    decode(line, context) {
      const head = headOf(line, "UPGRADE");
      if (head === undefined || head.length === line.length) {
        throw new ZkPushError("COMMAND_MALFORMED", "expected UPGRADE and its arguments");
      }
      const pairs = line.slice(head.length);
      const raw = /(?:^|,)\s*type=/i.test(pairs);
      const values = (raw ? RAW : BASE64).decode(pairs, context, "UPGRADE");
      return { command: "UPGRADE", ...values, ...(head === "UPGRADE " ? {} : { head }) };
    },
  },
);
