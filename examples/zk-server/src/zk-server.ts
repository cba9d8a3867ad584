import { command, LISTEN_FLAGS } from "@org/command";

export const zkServer = command({
  name: "zk-server",
  summary: "Serves ZKTeco attendance terminals: /iclock for them, /api for programs, / for people",
  details: `
A punch is on disk before its terminal hears OK. Terminals that nobody approved are refused and keep
theirs; approve them on the page or with POST /api/devices/SN/approve. /healthz and /metrics need no
token; everything below /api does, as Authorization: Bearer TOKEN.`,
  flags: {
    ...LISTEN_FLAGS,
    port: { ...LISTEN_FLAGS.port, default: 8080 },
    db: {
      type: "text",
      value: "FILE|postgres://…",
      default: "./zk.sqlite",
      help: "where everything is kept: a file for one server, PostgreSQL for one or several",
    },
    pairing: {
      type: "text",
      value: "HOW",
      choices: ["approve", "open", "closed"],
      default: "approve",
      help: "terminals that were never seen: wait for approval, are served, are refused",
    },
    allow: {
      type: "text",
      value: "SN",
      many: true,
      help: "a terminal that is approved from the start",
    },
    "comm-key": {
      type: "text",
      value: "SN=KEY",
      many: true,
      help: "the pushcommkey that a terminal must show",
    },
    "time-zone": {
      type: "text",
      value: "ZONE",
      help: "where terminals are that have no zone of their own, as Asia/Kolkata or +05:30 (default: here)",
    },
    "admin-token": {
      type: "text",
      value: "T",
      help: "secret of the page and the API (default: made up, and shown once)",
    },
    webhook: {
      type: "text",
      value: "URL",
      help: "where new punches are posted, signed; tried again for as long as it takes",
    },
    "webhook-secret": { type: "text", value: "S", help: "signs what is posted (X-Zk-Signature)" },
    events: {
      type: "text",
      value: "nats://…",
      help: "a NATS JetStream that new punches are published to, as zk.attendance.SN",
    },
    keep: {
      type: "text",
      value: "WHAT=DAYS",
      many: true,
      help: "deletes attendance, photos, quarantine, records or commands after so many days",
    },
    erase: {
      type: "text",
      value: "PIN",
      many: true,
      help: "erases a person from the database and the terminals, and ends; attendance stays",
    },
    "allow-dangerous": {
      type: "switch",
      help: "lets SHELL, GetFile, PutFile, UPGRADE, CLEAR and unknown commands through",
    },
  },
  // Help and wrong flags need none of it.
  run: async (context) => (await import("./run.js")).run(context),
});
