import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allPorts, type CaptureSource, PROFILES, type ProfileName } from "@org/mosip-mds-types";
import { createDeviceHandler, systemClock } from "@org/mosip-mds-types/http";
import { createSimulatedDevice } from "@org/mosip-mds-types/testing";
import { listenVerbsFetch, type VerbListener } from "@org/transports/node/http-verbs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../../../test/chromium/chromium.js";
import { bundleForPage, servePages, TELL } from "../../../test/chromium/told-pages.js";
import { quickSource, random } from "./world.js";

/** The README's page in Chromium, against a device service behind a real socket. */
const folder = mkdtempSync(join(tmpdir(), "mds-browser-"));
let bundle: Buffer;
const source = new URL("../src/", import.meta.url).pathname;

beforeAll(async () => {
  const entry = join(folder, "web.ts");
  writeFileSync(
    entry,
    `export * from "${source}index.ts";\nexport * from "${source}http/index.ts";\n`,
  );
  bundle = await bundleForPage(entry);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The page of the README, which tells the test what it shows at its end. */
const readmePage = (): string => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const html = /^```html\n([\s\S]*?)^```$/m.exec(readme)![1]!;
  return `<!doctype html><meta charset="utf-8">${html
    .replaceAll("@org/mosip-mds-types/http", "/page.js")
    .replaceAll("@org/mosip-mds-types", "/page.js")
    .replace(
      "</script>",
      `
  ${TELL}
  const preview = document.querySelector("#preview");
  await preview.decode().catch(() => {});
  tell("done", {
    state: document.querySelector("#state").textContent,
    width: preview.naturalWidth,
  });
</script>
<script>window.onunhandledrejection = ({ reason }) => fetch("/told", { method: "POST", body: JSON.stringify({ what: "done", value: String(reason) }) });</script>`,
    )}`;
};

/** A page that was not invited, and tries all that a page can. */
const strangePage = (port: number): string => `<!doctype html><script type="module">
  import { discoverPort, fetchSend, systemClock } from "/page.js";
  ${TELL}
  const finding = await discoverPort(fetchSend(), ${port}, { clock: systemClock, profile: "sbi-draft-1" });
  const url = "http://127.0.0.1:${port}";
  const outcome = (promise) => promise.then(({ type, status }) => type + " " + status, ({ name }) => name);
  const blind = await outcome(fetch(url + "/rcapture", { method: "POST", mode: "no-cors", body: localStorage.body }));
  const open = await outcome(fetch(url + "/rcapture", { method: "POST", body: localStorage.body }));
  tell("done", { reason: finding.reason, devices: finding.devices.length, blind, open });
</script>`;

const serveDevice = async (name: ProfileName, allowOrigins: readonly string[]) => {
  let attempts = 0;
  const counting: CaptureSource = {
    ...quickSource,
    attempts: (request) => {
      attempts += 1;
      return quickSource.attempts(request);
    },
  };
  const service = await createSimulatedDevice({
    profile: PROFILES[name],
    modality: "finger",
    clock: systemClock,
    random,
    source: counting,
  });
  const handler = createDeviceHandler({ service, allowOrigins });
  for (const port of allPorts()) {
    const listener = await listenVerbsFetch(handler, { port }).catch(() => undefined);
    if (listener !== undefined) {
      return { listener, attempts: () => attempts };
    }
  }
  throw new Error("expected a free port");
};

/** Serves a page, opens it in Chromium, and waits for what it tells. */
const browse = async (
  name: ProfileName,
  invited: boolean,
  page: (port: number) => string,
): Promise<{ told: unknown; attempts: number }> => {
  const pages = await servePages(bundle);
  const device = await serveDevice(name, [invited ? pages.origin : "https://registration.example"]);
  const listener: VerbListener = device.listener;
  const shown = pages.show(page(listener.port));
  try {
    const [told] = await shown.told("done");
    return { told, attempts: device.attempts() };
  } finally {
    await shown.close();
    await listener.close(100);
    pages.close();
  }
};

describe.skipIf(!hasChromium)("in Chromium (needs /usr/bin/chromium or CHROMIUM)", () => {
  test.each(["0.8.4", "0.9.5", "sbi-1.0", "sbi-draft-1"] as const)(
    "the README's page finds, previews and captures with %s",
    async (name) => {
      const { told, attempts } = await browse(name, true, readmePage);
      // Without anchors nothing is trusted, and nothing was wrong either.
      expect(told).toEqual({ state: "undetermined", width: 16 });
      expect(attempts).toBe(1);
    },
  );

  test("a page from elsewhere gets nothing and causes nothing", async () => {
    const { told, attempts } = await browse("sbi-draft-1", false, (port) => {
      const body = PROFILES["sbi-draft-1"].registrationCaptureRequest.write({
        env: "developer",
        purpose: "registration",
        timeoutMs: 2_000,
        captureTime: new Date(),
        transactionId: "T-1001",
        bio: [{ wanted: "finger", count: 1, requestedScore: 40 }],
      }).value;
      return strangePage(port).replaceAll("localStorage.body", JSON.stringify(body));
    });
    expect(told).toEqual({ reason: "closed", devices: 0, blind: "opaque 0", open: "TypeError" });
    expect(attempts).toBe(0);
  });
});
