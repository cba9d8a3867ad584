import { ask, type Question } from "../client-message.js";
import { SinosecuError } from "../errors.js";
import { Base64Image } from "../messages/base64-image.js";
import { DeviceName } from "../messages/device-name.js";
import { DeviceSerialNo } from "../messages/device-serial-no.js";
import { DeviceType } from "../messages/device-type.js";
import type { Exchange } from "../messages/exchange.js";
import { maskOf } from "../messages/image-kinds.js";
import { OnLineStatus } from "../messages/online-status.js";
import { VersionInfo } from "../messages/version-info.js";
import { WebConstant } from "../messages/web-constant.js";
import { readImage } from "../record/document-record.js";
import { SWITCHES } from "../registry.js";
import { createClientMachine } from "./client-machine.js";
import { createDelivery } from "./deliver.js";
import { createEmitter } from "./emitter.js";
import { createEngine } from "./engine.js";
import type { ClientEvent } from "./events.js";
import type { Reader, ReaderEvents, ReaderOptions, RequestOptions } from "./reader.js";
import { createTrigger } from "./trigger.js";

/**
 * Holds a connection to the service and gathers what it tells of documents.
 *
 * It connects at once, and again whenever the connection ends, until `close`. What goes wrong is an
 * event, or rejects the call that it concerns; nothing is thrown from anywhere else.
 */
export const openReader = <Report = unknown>(options: ReaderOptions<Report>): Reader<Report> => {
  const machine = createClientMachine({
    ...options,
    chipFiles: options.chipFiles ?? options.verifyChip !== undefined,
  });
  let reporting = false;
  const emitter = createEmitter<ReaderEvents<Report>>((cause) => {
    const error = new SinosecuError("LISTENER_FAILED", "expected a listener to return, it threw", {
      cause,
    });
    // Whoever listens to errors and throws at this one has nobody left to be told.
    if (!reporting) {
      reporting = true;
      emitter.emit("protocol-error", error);
      reporting = false;
    }
  });

  const delivery = createDelivery<Report>({
    parseMrz: options.parseMrz,
    verifyChip: options.verifyChip,
    deliver: (document) => emitter.emit("document", document),
  });
  const onEvent = (event: ClientEvent): void => {
    switch (event.type) {
      case "record":
        delivery.deliver(event.record);
        return;
      case "status":
        emitter.emit("status", event.status);
        return;
      case "protocol-error":
        emitter.emit("protocol-error", event.error);
        return;
      default: {
        const { type, ...value } = event;
        emitter.emit(type, value as never);
      }
    }
  };
  const engine = createEngine({ machine, open: options.open, clock: options.clock, onEvent });
  const trigger = createTrigger<Report>({
    machine,
    delivery,
    engine,
    emitter,
    clock: options.clock,
  });

  const request = async <P, R>(
    exchange: Exchange<P, R>,
    param: P,
    how?: RequestOptions,
  ): Promise<R> => {
    const [outcome] = await engine.ask([{ exchange, param } as unknown as Question], how);
    if (!outcome!.ok) throw outcome!.error;
    return outcome!.result as R;
  };

  const ready: Reader["ready"] = ({ signal } = {}) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const look = (): void => {
        const { connection } = machine.status;
        if (connection === "open") settle(resolve);
        else if (connection === "closed") settle(() => reject(unreachable(engine.openFailure)));
      };
      const abort = (): void => settle(() => reject(signal?.reason));
      const stopListening = emitter.on("status", look);
      const settle = (done: () => void): void => {
        stopListening();
        signal?.removeEventListener("abort", abort);
        done();
      };
      signal?.addEventListener("abort", abort, { once: true });
      look();
    });

  const reader: Reader<Report> = {
    get status() {
      return machine.status;
    },
    on: emitter.on,
    ready,
    request,
    batch: (questions, how) => engine.ask(questions, how),
    async info(how) {
      const answers = await engine.ask(INFO, how);
      const told = answers.map((answer) => (answer.ok ? String(answer.result) : undefined));
      const failure = answers.find((answer) => !answer.ok && answer.error.fault === "transport");
      if (told.every((text) => text === undefined) && failure && !failure.ok) throw failure.error;
      const [online, name, serialNumber, type, version] = told;
      return { online, device: machine.status.device, name, serialNumber, type, version };
    },
    async set(name, on, how) {
      await request(SWITCHES[name], on, how);
    },
    async images(which, how) {
      const mask = typeof which === "number" ? which : maskOf(which);
      const images = await request(Base64Image, mask, how);
      return images
        .filter(({ data }) => data !== "")
        .map(({ kind, data }) => readImage(kind, data));
    },
    constant: (id, how) => request(WebConstant, id, how),
    ...trigger,
    reconnect: () => engine.feed({ kind: "reconnect" }),
    async close() {
      await engine.stop();
      emitter.clear();
    },
  };
  engine.feed({ kind: "start" });
  return reader;
};

const INFO: readonly Question[] = [
  ask(OnLineStatus),
  ask(DeviceName),
  ask(DeviceSerialNo),
  ask(DeviceType),
  ask(VersionInfo),
];

const unreachable = (cause: unknown): SinosecuError =>
  new SinosecuError("UNREACHABLE", "expected the service to accept a connection, found none", {
    cause,
  });
