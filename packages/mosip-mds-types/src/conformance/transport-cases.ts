import { ask, errorCodeIn, expectThat } from "./ask.js";
import type { ConformanceCase, ServiceUnderTest } from "./device-service.js";

const FOREIGN = "https://not-allowed.invalid";

/** How a service behaves as an HTTP server. */
export const transportCases = (service: ServiceUnderTest): readonly ConformanceCase[] => {
  const { profile } = service;
  const discovery = profile.discoveryRequest.write({ specVersion: profile.specVersion }).value;
  return [
    {
      name: "answers with status 200, JSON and no-store",
      run: async () => {
        const { status, header } = await ask(service, "discovery", { body: discovery });
        expectThat(status === 200, "status 200", status);
        expectThat(
          (header("content-type") ?? "").startsWith("application/json"),
          "application/json",
          header("content-type"),
        );
        expectThat(
          header("cache-control")?.toLowerCase() === "no-store",
          "no-store",
          header("cache-control"),
        );
      },
    },
    {
      name: "closes its connection with a token that HTTP knows",
      run: async () => {
        const { header } = await ask(service, "discovery", { body: discovery });
        const connection = header("connection")?.toLowerCase() ?? "close";
        expectThat(connection === "close", "connection: close", connection);
      },
    },
    {
      name: "does not know other paths",
      run: async () => {
        const { status } = await ask(service, "discovery", { path: "/no-such-path", body: "{}" });
        expectThat(status === 404 || status === 405, "status 404 or 405", status);
      },
    },
    {
      name: "does not know other verbs",
      run: async () => {
        const { status } = await ask(service, "discovery", { verb: "PUT", body: discovery });
        expectThat(status >= 400 && status < 500, "a status of 400 to 499", status);
      },
    },
    {
      name: "answers malformed JSON with status 200 and an error object",
      run: async () => {
        const { status, text } = await ask(service, "discovery", { body: '{"type":' });
        expectThat(status === 200, "status 200", status);
        expectThat(Number(errorCodeIn(text)) > 0, "an error code", errorCodeIn(text));
      },
    },
    ...(profile.refusesUnknownFields ? [unknownFields(service, discovery)] : []),
    {
      name: "gives nothing to a page whose origin is not allowed",
      run: async () => {
        const headers = { origin: FOREIGN };
        const { status, header, text } = await ask(service, "discovery", {
          body: discovery,
          headers,
        });
        const allowed = header("access-control-allow-origin");
        expectThat(allowed !== FOREIGN && allowed !== "*", "no permission", allowed);
        expectThat(status >= 400 && text === "", "a refusal without a body", `status ${status}`);
      },
    },
  ];
};

const unknownFields = (service: ServiceUnderTest, discovery: string): ConformanceCase => ({
  name: "answers unknown fields with status 200 and an error object",
  run: async () => {
    const body = JSON.stringify({ ...(JSON.parse(discovery) as object), noSuchField: "1" });
    const { status, text } = await ask(service, "discovery", { body });
    expectThat(status === 200, "status 200", status);
    expectThat(Number(errorCodeIn(text)) > 0, "an error code", errorCodeIn(text));
  },
});
