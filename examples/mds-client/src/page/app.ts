import { discover, type PortFinding, type ProfileName } from "@org/mosip-mds-types";
import {
  fetchSend,
  localNetworkHint,
  localNetworkState,
  systemClock,
} from "@org/mosip-mds-types/http";
import { askInfo, captureFrom, type PageDevice, previewOf, type Settings } from "./actions.js";
import { byId, element, row } from "./element.js";

const form = byId("settings") as HTMLFormElement;

const settings = (): Settings & { readonly spec: string } => {
  const fields = new FormData(form);
  return {
    spec: String(fields.get("spec")),
    count: Number(fields.get("count")),
    score: Number(fields.get("score")),
    sim: fields.has("sim"),
  };
};

const look = async (): Promise<void> => {
  const { spec } = settings();
  const devices = byId("devices");
  const ports = byId("ports");
  const found = byId("found");
  devices.replaceChildren();
  found.hidden = true;
  ports.textContent = "looking at ports 4501 to 4600";
  const reasons = new Map<string, number>();
  for await (const finding of discover(fetchSend(), {
    clock: systemClock,
    ...(spec === "auto" ? {} : { profile: spec as ProfileName }),
  })) {
    devices.append(...rowsOf(finding));
    found.hidden = devices.childElementCount === 0;
    if (finding.reason !== undefined) {
      reasons.set(finding.reason, (reasons.get(finding.reason) ?? 0) + 1);
    }
  }
  // A browser does not say whether a port is closed or only keeps this page out.
  const missing = `without a device: ${[...reasons].map(([why, count]) => `${count} ${why}`).join(", ")}`;
  ports.textContent = found.hidden
    ? `${missing}. A device service must run here and allow this page: ${location.origin}`
    : missing;
};

const rowsOf = ({ port, profile, devices }: PortFinding): HTMLElement[] =>
  devices.flatMap((found) => {
    const { device, digitalId } = found;
    const { modality } = device;
    if (profile === undefined || modality === undefined) return [];
    const serialNo = digitalId?.serialNo ?? device.serialNo ?? "";
    const facts = [
      `${port}`,
      profile,
      modality,
      device.level ?? "",
      device.status ?? "",
      device.purpose ?? "",
    ];
    return [row(...facts, serialNo, buttons({ ...found, profile, modality }))];
  });

const buttons = (device: PageDevice): HTMLElement => {
  const { purpose } = device.device;
  const button = (text: string, onclick: () => void) =>
    element("button", { type: "button", onclick }, text);
  return element(
    "span",
    { className: "buttons" },
    button("Info", () => void askInfo(device, settings())),
    ...(purpose === "registration"
      ? []
      : [button("Capture", () => void captureFrom(device, "auth", settings()))]),
    ...(purpose === "auth" || purpose === "kyc"
      ? []
      : [
          button("Registration", () => void captureFrom(device, "registration", settings())),
          button("Preview", () => void previewOf(device, settings())),
        ]),
  );
};

byId("hint").textContent = localNetworkHint(await localNetworkState(window));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void look();
});
