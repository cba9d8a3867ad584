import { readText, type Send, withDeadline } from "../client/transport.js";
import type { Clock } from "../clock.js";
import { MdsError } from "../errors.js";
import type { Profile } from "../profiles/profile.js";
import type { Trust } from "../verification/trust.js";
import {
  type DeregistrationOrder,
  readDeregisterResponse,
  writeDeregisterRequest,
} from "./deregister.js";
import { deviceServerPath } from "./endpoints.js";
import { type RegistrationOrder, writeRegisterRequest } from "./register.js";
import { type RegistrationAnswer, readRegisterResponse } from "./register-answer.js";

export interface DeviceServerClientOptions {
  readonly send: Send;
  readonly clock: Clock;
  readonly profile: Profile;
  /** Where the device server is; the documents leave it to the country. */
  readonly baseUrl: string;
  /** Whose device server is believed. */
  readonly trust: Trust;
  /** 10 s by default. */
  readonly timeoutMs?: number;
}

/** What was sent and received, and what the answer says and proves. */
export interface DeviceServerResult extends RegistrationAnswer {
  readonly request: string;
  readonly answer: string;
}

/** The management server's side of registration, over HTTP. */
export interface DeviceServerClient {
  register(order: RegistrationOrder, signal?: AbortSignal): Promise<DeviceServerResult>;
  deregister(order: DeregistrationOrder, signal?: AbortSignal): Promise<DeviceServerResult>;
}

/**
 * @throws MdsError from both methods: `OPERATION_UNSUPPORTED`, `UNREACHABLE`, `TIMED_OUT`, `HTTP_STATUS`,
 * `BODY_TOO_LARGE`, `JSON_MALFORMED`, `MESSAGE_INVALID`, `JWS_MALFORMED`. A refusal is in the answer.
 */
export const createDeviceServerClient = (
  options: DeviceServerClientOptions,
): DeviceServerClient => {
  const { send, clock, profile, baseUrl, trust, timeoutMs = 10_000 } = options;
  const post = (path: string, body: string, outer: AbortSignal | undefined): Promise<string> =>
    withDeadline(
      async (signal) => {
        const reply = await send({
          method: "POST",
          url: `${baseUrl.replace(/\/+$/, "")}${path}`,
          headers: { "content-type": "application/json" },
          body,
          signal,
        });
        if (reply.status !== 200) {
          throw new MdsError("HTTP_STATUS", `expected status 200, found ${reply.status}`, {
            status: reply.status,
          });
        }
        return readText(reply);
      },
      timeoutMs,
      clock,
      outer,
    );
  return {
    register: async (order, signal) => {
      const path = deviceServerPath(profile, "register");
      const request = await writeRegisterRequest(order, profile);
      const answer = await post(path, request, signal);
      return {
        ...(await readRegisterResponse(answer, profile, trust, clock.now())),
        request,
        answer,
      };
    },
    deregister: async (order, signal) => {
      const path = deviceServerPath(profile, "deregister");
      const request = await writeDeregisterRequest(order, profile);
      const answer = await post(path, request, signal);
      return {
        ...(await readDeregisterResponse(answer, profile, trust, clock.now())),
        request,
        answer,
      };
    },
  };
};
