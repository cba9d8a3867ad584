import { CommandError, EXIT } from "@org/command";
import { createDeviceServerClient, verdictOf } from "@org/mosip-mds-types";
import { systemClock, verbSend } from "@org/mosip-mds-types/http";
import type { SimulatedDevice, SimulatedUnit, TestTrust } from "@org/mosip-mds-types/testing";
import { requestVerb } from "@org/transports/node/http-verbs";

/** A device with the code that the device server gave it. */
export interface Enrolment {
  readonly deviceId: string;
  readonly deviceCode: string;
}

const ENV = "developer";

/** Registers every device of a service, as its management server would, and puts the codes in use. */
export const enrol = async (
  service: SimulatedDevice,
  {
    server,
    trust,
    signal,
  }: {
    readonly server: string;
    readonly trust: TestTrust;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<{ readonly registered: readonly Enrolment[]; leave(): Promise<void> }> => {
  const { provider, trustModule } = trust.members;
  const client = createDeviceServerClient({
    send: verbSend(requestVerb),
    clock: systemClock,
    profile: service.profile,
    baseUrl: server,
    trust: trust.trust,
  });
  const registeredAt = new Date();

  const register = async ({ identity, purpose, signer }: SimulatedUnit): Promise<Enrolment> => {
    const { deviceCode, error, checks } = await client.register(
      {
        identity,
        purpose,
        env: ENV,
        trustModuleProviderId: "UTOPIA.FTM",
        time: new Date(),
        trustModule: trustModule.signer,
        deviceKey: signer,
        provider: provider.signer,
      },
      signal,
    );
    if (deviceCode === undefined || verdictOf(checks) !== "authentic") {
      const why =
        error === undefined ? "an answer that proves nothing" : `${error.code} ${error.message}`;
      throw new CommandError("NOT_REGISTERED", `expected a device code, found ${why}`, EXIT.no);
    }
    service.register(identity.deviceId, { deviceCode, purpose, env: ENV, signer });
    return { deviceId: identity.deviceId, deviceCode };
  };

  const registered: Enrolment[] = [];
  for (const unit of service.units) {
    registered.push(await register(unit));
  }
  return {
    registered,
    async leave() {
      for (const { deviceId, deviceCode } of registered) {
        const unit = service.units.find(({ identity }) => identity.deviceId === deviceId);
        service.deregister(deviceId);
        await client
          .deregister({
            deviceCode,
            env: ENV,
            registeredAt,
            forRegistration: unit?.purpose === "registration",
            time: new Date(),
            provider: provider.signer,
          })
          // A server that is gone has forgotten the device anyway.
          .catch(() => undefined);
      }
    },
  };
};
