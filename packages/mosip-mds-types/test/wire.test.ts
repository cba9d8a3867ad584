import {
  MdsError,
  type MessageCodec,
  mds084,
  mds092,
  mds095,
  PROFILE_NAMES,
  type ProfileName,
  sbi10,
  sbiDraft1,
} from "@org/mosip-mds-types";
import { describe, expect, test } from "vitest";
import wire084 from "./vectors/wire-0.8.4.json" with { type: "json" };
import wire092 from "./vectors/wire-0.9.2.json" with { type: "json" };
import wire095 from "./vectors/wire-0.9.5.json" with { type: "json" };
import wireSbi10 from "./vectors/wire-sbi-1.0.json" with { type: "json" };
import wireSbiDraft1 from "./vectors/wire-sbi-draft-1.json" with { type: "json" };

type Codecs = Readonly<Record<string, MessageCodec<unknown>>>;
type Wire = ReturnType<MessageCodec<unknown>["toWire"]>;

const codecsIn = (module: object): Codecs =>
  Object.fromEntries(
    Object.entries(module).filter(([, value]) => typeof value === "object" && "toWire" in value),
  );

const VERSIONS: Readonly<Record<ProfileName, { codecs: Codecs; fixtures: Record<string, Wire> }>> =
  {
    "0.8.4": { codecs: codecsIn(mds084), fixtures: wire084.messages },
    "0.9.2": { codecs: codecsIn(mds092), fixtures: wire092.messages },
    "0.9.5": { codecs: codecsIn(mds095), fixtures: wire095.messages },
    "sbi-1.0": { codecs: codecsIn(sbi10), fixtures: wireSbi10.messages },
    "sbi-draft-1": { codecs: codecsIn(sbiDraft1), fixtures: wireSbiDraft1.messages },
  };

describe.each(PROFILE_NAMES)("messages on the wire in %s", (name) => {
  const { codecs, fixtures } = VERSIONS[name];

  test("every message of the version has a fixture", () => {
    expect(Object.keys(fixtures).sort()).toEqual(Object.keys(codecs).sort());
  });

  test.each(Object.entries(fixtures))("%s is read in full and written alike", (message, wire) => {
    const codec = codecs[message]!;
    const value = codec.fromWire(wire, { unknownFields: "refuse" });
    expect(codec.toWire(value)).toEqual(wire);
    // Member by member in the order of the text: a person compares them so.
    expect(JSON.stringify(codec.toWire(value))).toBe(JSON.stringify(wire));
  });

  test.each(Object.entries(fixtures))(
    "%s: a client keeps what it does not know, a service refuses it",
    (message, wire) => {
      const codec = codecs[message]!;
      const more = addTo(wire);
      expect(JSON.stringify(codec.fromWire(more))).toContain('"notKnown":1');
      expect(() => codec.fromWire(more, { unknownFields: "refuse" })).toThrow(MdsError);
    },
  );
});

/** A field more in the message, or in the first item of a list. */
const addTo = (wire: Wire): Wire =>
  Array.isArray(wire)
    ? [addTo(wire[0] as Wire), ...wire.slice(1)]
    : ({ ...(wire as object), notKnown: 1 } as Wire);

/** Messages that two versions share to the letter. */
const SHARED: Readonly<Record<string, readonly (readonly ProfileName[])[]>> = {
  DigitalId: [["0.9.5", "sbi-1.0", "sbi-draft-1"]],
  DiscoveryRequest: [
    ["0.8.4", "0.9.2"],
    ["0.9.5", "sbi-draft-1"],
  ],
  DeviceInfoResponse: [["0.9.5", "sbi-1.0", "sbi-draft-1"]],
  StreamError: [["0.9.5", "sbi-1.0", "sbi-draft-1"]],
  DeregisterRequest: [["0.8.4", "0.9.2"]],
  DeregisterResponse: [["0.8.4", "0.9.2"]],
  EncryptionDomain: [["0.9.5", "sbi-1.0"]],
  EncryptionCertificateRequest: [["0.9.5", "sbi-1.0"]],
  EncryptionCertificates: [["0.9.5", "sbi-1.0"]],
  EncryptionCertificateResponse: [["0.9.5", "sbi-1.0"]],
};

const foreign = PROFILE_NAMES.flatMap((from) =>
  PROFILE_NAMES.filter((to) => to !== from).flatMap((to) =>
    Object.keys(VERSIONS[from].fixtures)
      .filter((message) => message in VERSIONS[to].codecs)
      .map((message) => ({ message, from, to })),
  ),
);

describe("what one version sends is not what another writes", () => {
  test.each(foreign)("$message of $from, written by $to", ({ message, from, to }) => {
    const value = VERSIONS[from].codecs[message]!.fromWire(VERSIONS[from].fixtures[message]!);
    const same = SHARED[message]?.some((group) => group.includes(from) && group.includes(to));
    const otherNumbers = message === "StreamRequest" && from === "0.9.2" && to === "0.9.5";
    const write = () => VERSIONS[to].codecs[message]!.toWire(value);
    if (same) {
      expect(write()).toEqual(VERSIONS[from].fixtures[message]);
    } else if (otherNumbers) {
      expect(write()).toEqual({ deviceId: "1", deviceSubId: "1" });
      expect(VERSIONS[from].fixtures[message]).toEqual({ deviceId: "1", deviceSubId: 1 });
    } else {
      expect(write).toThrow(expect.objectContaining({ code: "MESSAGE_UNENCODABLE" }));
    }
  });
});
