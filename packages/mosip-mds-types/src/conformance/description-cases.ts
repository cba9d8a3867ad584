import { resolveCallback } from "../client/callback.js";
import { parseToken } from "../signature/jws.js";
import { verifyDeviceInfo } from "../verification/device-info.js";
import { MODALITIES } from "../vocabulary/modality.js";
import { ask, errorCodeIn, expectThat } from "./ask.js";
import type { ConformanceCase, ServiceUnderTest } from "./device-service.js";

/** How a service describes its devices. */
export const descriptionCases = (service: ServiceUnderTest): readonly ConformanceCase[] => {
  const { profile, modality } = service;
  const body = (kind?: typeof modality): string =>
    profile.discoveryRequest.write({
      specVersion: profile.specVersion,
      ...(kind === undefined ? {} : { modality: kind }),
    }).value;
  const discover = async (kind?: typeof modality) => {
    const { text } = await ask(service, "discovery", { body: body(kind) });
    return profile.discovery.read(text);
  };
  return [
    {
      name: "is discovered as any device",
      run: async () => {
        const found = await discover();
        expectThat(found.length > 0, "at least one device", found.length);
        for (const { value } of found) {
          expectThat(value.status !== undefined, "a status of the version", "another word");
          expectThat(value.level !== undefined, "a level of the version", "another word");
          expectThat((value.subIds?.length ?? 0) > 0, "sub ids", "none");
        }
      },
    },
    {
      name: "is discovered as its own type, and not as another",
      run: async () => {
        const own = await discover(modality);
        expectThat(own.length > 0, `a device of type ${modality}`, own.length);
        const served = [modality, ...(service.otherModalities ?? [])];
        for (const other of MODALITIES.filter((kind) => !served.includes(kind))) {
          const { text } = await ask(service, "discovery", { body: body(other) });
          const none = /^\s*(\[\s*\])?\s*$/.test(text) || Number(errorCodeIn(text)) > 0;
          expectThat(none, `no device of type ${other}`, "one");
        }
      },
    },
    {
      name: "calls back to 127.0.0.1",
      run: async () => {
        for (const { value } of await discover()) {
          const { callback } = resolveCallback(value.callbackId, 0);
          expectThat(callback === "followed", "a URL of 127.0.0.1", value.callbackId);
        }
      },
    },
    ...(profile.name === "0.8.4" ? [] : [unsignedInDiscovery(service, discover)]),
    {
      name: "signs its device info",
      run: async () => {
        const request = profile.infoRequest?.write({ specVersion: profile.specVersion }).value;
        const { text } = await ask(service, "info", request === undefined ? {} : { body: request });
        const devices = await verifyDeviceInfo(text, {
          profile,
          trust: service.trust ?? { anchors: [] },
          at: service.clock.now(),
        });
        expectThat(devices.length > 0, "at least one device", devices.length);
        for (const { report, device } of devices) {
          const wrong = report.checks.find(({ status }) => status === "failed");
          expectThat(wrong === undefined, "no failed check", `${wrong?.id} ${wrong?.reason}`);
          const signed = report.checks.find(({ id }) => id === "signature")?.status;
          const open = device.status === "not-registered" || service.trust === undefined;
          expectThat(signed === "passed" || open, "a signature that holds", signed);
        }
      },
    },
  ];
};

const unsignedInDiscovery = (
  service: ServiceUnderTest,
  discover: () => Promise<readonly { readonly value: { readonly digitalId?: string } }[]>,
): ConformanceCase => ({
  name: "leaves the digital id unsigned in discovery",
  run: async () => {
    for (const { value } of await discover()) {
      const token = parseToken(value.digitalId ?? "");
      expectThat(token.signed === undefined, "one segment", "three");
      const { serialNo } = service.profile.digitalId.read(token.json).value;
      expectThat((serialNo ?? "") !== "", "a serial number", "none");
    }
  },
});
