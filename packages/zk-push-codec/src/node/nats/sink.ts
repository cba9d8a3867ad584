import { createHash } from "node:crypto";
import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  jetstream,
  jetstreamManager,
} from "@nats-io/jetstream";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { attendanceDocument } from "../../server/attendance-document.js";
import type { Deliver } from "../../server/publish.js";
import type { StoredAttendance } from "../../server-store.js";

/** Where events go. */
export interface JetStreamOptions {
  /** `nats://user:password@host:port`; `tls://` for an encrypted connection. */
  readonly url: string;
  /** Made where there is none, on disk and without an end. Default `ZK_ATTENDANCE`. */
  readonly stream?: string;
  /** Punches go to this and the serial number of their terminal. Default `zk.attendance`. */
  readonly subject?: string;
  /** Milliseconds to connect, and for the stream to say that it has a punch. Default 5,000. */
  readonly timeoutMs?: number;
}

export interface JetStreamSink {
  /** For a publisher: resolves when the stream has every punch of the event. */
  readonly deliver: Deliver;
  close(): Promise<void>;
}

interface Connected {
  readonly connection: NatsConnection;
  readonly stream: JetStreamClient;
}

const TIMEOUT_MS = 5_000;

/**
 * Delivers events to NATS JetStream: each punch is a message of JSON, as in lists. Its
 * `Nats-Msg-Id` is made of what identifies the punch, so that one that is sent twice is stored once
 * for two minutes, and consumers can tell for ever.
 *
 * It connects when there is something to deliver: a server of terminals starts without NATS.
 */
export const createJetStreamSink = (options: JetStreamOptions): JetStreamSink => {
  const { subject = "zk.attendance", timeoutMs = TIMEOUT_MS } = options;
  let connected: Promise<Connected> | undefined;
  const connectedOnce = (): Promise<Connected> => {
    connected ??= open(options, subject, timeoutMs).catch((error: unknown) => {
      connected = undefined;
      throw error;
    });
    return connected;
  };
  return {
    async deliver({ attendance }) {
      const { connection, stream } = await connectedOnce();
      if (connection.isClosed()) {
        connected = undefined;
        throw new Error("expected a connection to NATS");
      }
      await Promise.all(
        attendance.map((row) =>
          stream.publish(`${subject}.${row.sn}`, JSON.stringify(attendanceDocument(row)), {
            msgID: messageId(row),
            timeout: timeoutMs,
          }),
        ),
      );
    },
    async close() {
      const open = await connected?.catch(() => undefined);
      await open?.connection.close();
    },
  };
};

const open = async (
  { url, stream: name = "ZK_ATTENDANCE" }: JetStreamOptions,
  subject: string,
  timeout: number,
): Promise<Connected> => {
  const { username, password, protocol, host } = new URL(url);
  const connection = await connect({
    servers: `${protocol}//${host}`,
    name: "zk-push",
    timeout,
    // It comes back by itself, however long that takes; meanwhile deliveries fail.
    maxReconnectAttempts: -1,
    ...(username === "" ? {} : { user: decodeURIComponent(username) }),
    ...(password === "" ? {} : { pass: decodeURIComponent(password) }),
  });
  try {
    const manager = await jetstreamManager(connection, { timeout });
    await manager.streams.info(name).catch(async (error: unknown) => {
      if (!isMissing(error)) throw error;
      await manager.streams.add({ name, subjects: [`${subject}.>`] });
    });
    return { connection, stream: jetstream(connection, { timeout }) };
  } catch (error) {
    await connection.close();
    throw error;
  }
};

const isMissing = (error: unknown): boolean =>
  error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;

/** Of what makes a record this one: the id of a row is another one in another database. */
const messageId = (row: StoredAttendance): string => {
  const { sn, time, pin, idNumber, status, verify, workCode } = row;
  const identity = JSON.stringify([sn, time, pin, idNumber, status, verify, workCode]);
  return createHash("sha256").update(identity).digest("base64url");
};
