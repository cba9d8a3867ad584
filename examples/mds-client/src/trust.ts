import { readFile, stat } from "node:fs/promises";
import {
  readPemOrDer,
  type SessionKeyOpener,
  sessionKeyOpener,
  type Trust,
} from "@org/mosip-mds-types";
import { readTrust } from "@org/mosip-mds-types/node";
import { simulatorTrust, type TestTrust } from "@org/mosip-mds-types/testing";

/** Joins what `--trust` names. A certificate in a file is believed for devices and trust modules alike. */
export const readAnchors = async (names: readonly string[]): Promise<Trust> => {
  const parts = await Promise.all(names.map(readAnchor));
  const all = (pick: (trust: Required<Trust>) => readonly Uint8Array[]) => parts.flatMap(pick);
  return {
    anchors: all(({ anchors }) => anchors),
    trustModuleAnchors: all(({ trustModuleAnchors }) => trustModuleAnchors),
    devices: all(({ devices }) => devices),
  };
};

const readAnchor = async (name: string): Promise<Required<Trust>> => {
  const world = name === "sim" ? await simulatorTrust() : await readFolder(name);
  if (world !== undefined) {
    const { anchors, trustModuleAnchors = anchors, devices = [] } = world.trust;
    return { anchors, trustModuleAnchors, devices };
  }
  const certificates = readPemOrDer("CERTIFICATE", new Uint8Array(await readFile(name)));
  return { anchors: certificates, trustModuleAnchors: certificates, devices: certificates };
};

const readFolder = async (name: string): Promise<TestTrust | undefined> =>
  (await stat(name)).isDirectory() ? readTrust(name) : undefined;

/** What `--decrypt-key` names. */
export const readOpener = async (
  name: string | undefined,
): Promise<SessionKeyOpener | undefined> => {
  if (name === undefined) return undefined;
  if (name === "sim") return (await simulatorTrust()).opener;
  const [key] = readPemOrDer("PRIVATE KEY", new Uint8Array(await readFile(name)));
  return sessionKeyOpener(key!);
};
