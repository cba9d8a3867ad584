import { startMdsDevice } from "@org/example-mds-device";
import { createMdsClient, discoverPort, PROFILES, type Report } from "@org/mosip-mds-types";
import { systemClock, verbSend } from "@org/mosip-mds-types/http";
import type { Fault } from "@org/mosip-mds-types/testing";
import { requestVerb } from "@org/transports/node/http-verbs";
import type { Step } from "./step.js";

/** Finds a device behind a socket, captures two fingers for authentication, and judges what comes. */
const captureOverSocket = async (faults: ReadonlySet<Fault>): Promise<Report> => {
  const device = await startMdsDevice({ port: 0, modalities: ["finger"], faults });
  try {
    const send = verbSend(requestVerb);
    const found = await discoverPort(send, device.port, { clock: systemClock });
    if (found.profile === undefined) throw new Error(`no device: ${found.reason}`);
    const { trust, opener } = device.trust;
    const client = createMdsClient({
      send,
      clock: systemClock,
      profile: PROFILES[found.profile],
      baseUrl: found.devices[0]!.baseUrl,
      trust,
    });
    const { report } = await client.capture(
      {
        env: "developer",
        transactionId: "DEMO-1",
        domainUri: "https://auth.example",
        bio: [{ wanted: "finger", count: 2, requestedScore: 40 }],
      },
      { opener },
    );
    return report;
  } finally {
    await device.close();
  }
};

const capture = (step: string, faults: readonly Fault[], expected: Report["verdict"]): Step => ({
  step,
  protocol: "mds",
  async run() {
    const { verdict, checks } = await captureOverSocket(new Set(faults));
    const failed = checks.filter(({ status }) => status === "failed");
    const passed = checks.filter(({ status }) => status === "passed");
    const grounds =
      failed.length > 0
        ? failed.map(({ id, reason }) => `${id} failed (${reason})`).join(", ")
        : passed.map(({ id }) => id).join(", ");
    return { held: verdict === expected, proved: `${verdict}: two fingers over HTTP, ${grounds}` };
  },
});

export const MDS_STEPS: readonly Step[] = [
  capture("a capture is found, opened and proved", [], "authentic"),
  capture(
    "a capture signed by an old certificate is found",
    ["expired-certificate"],
    "not-authentic",
  ),
];
