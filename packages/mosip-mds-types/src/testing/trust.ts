import { decodeBase64 } from "../base64.js";
import type { RandomBytes } from "../bytes.js";
import { type SessionKeyOpener, sessionKeyOpener } from "../encryption/session.js";
import { rs256Signer, type Signer } from "../signature/signer.js";
import type { Trust } from "../verification/trust.js";
import { subtle } from "../web-crypto.js";
import { type CertificateRequest, issueCertificate, serialNumber } from "./certificate-writer.js";
import { SIMULATOR_KEYS } from "./keys.js";
import { publicKeyOf } from "./public-key.js";

/** Everybody who has a key in the trust of a device service. */
export const ROLES = [
  "adopterRoot",
  "provider",
  "device",
  "registrationDevice",
  "trustModuleRoot",
  "trustModule",
  "partner",
  "server",
] as const;
export type Role = (typeof ROLES)[number];

/** A key with its certificate. */
export interface Member {
  readonly certificate: Uint8Array;
  /** PKCS#8. */
  readonly privateKey: Uint8Array;
  /** Signs with the certificates of the whole way up, but for the root. */
  readonly signer: Signer;
}

/**
 * A whole world of trust for tests: the adopter's root over the device provider over the device keys; the
 * trust module provider's root over a trust module; the partner who may read captures; the device server.
 */
export interface TestTrust {
  readonly members: Readonly<Record<Role, Member>>;
  /** What a client must believe to find these devices authentic. */
  readonly trust: Trust;
  /** Opens captures that are meant for the partner. */
  readonly opener: SessionKeyOpener;
  /** Issues a certificate for another device key: key rotation, or one that has expired. */
  issueDevice(
    privateKey: Uint8Array,
    validity: { readonly notBefore: Date; readonly notAfter: Date },
  ): Promise<Signer>;
}

/** What a member of a trust keeps in files. */
export type StoredMember = Pick<Member, "certificate" | "privateKey">;

interface Place {
  readonly issuer: Role;
  readonly commonName: string;
  readonly ca?: { readonly pathLength?: number };
  readonly usage?: "encrypt";
}

const PLACES: Readonly<Record<Role, Place>> = {
  adopterRoot: { issuer: "adopterRoot", commonName: "Test Adopter Root", ca: {} },
  provider: { issuer: "adopterRoot", commonName: "Test Device Provider", ca: { pathLength: 0 } },
  device: { issuer: "provider", commonName: "Test Device" },
  registrationDevice: { issuer: "provider", commonName: "Test Registration Device" },
  trustModuleRoot: { issuer: "trustModuleRoot", commonName: "Test Trust Module Root", ca: {} },
  trustModule: { issuer: "trustModuleRoot", commonName: "Test Trust Module" },
  partner: { issuer: "adopterRoot", commonName: "Test Authentication Partner", usage: "encrypt" },
  server: { issuer: "adopterRoot", commonName: "Test Device Server" },
};

const ORGANISATION = "Utopia";
const NOT_BEFORE = new Date(Date.UTC(2019, 0, 1));
const NOT_AFTER = new Date(Date.UTC(2049, 11, 31));

/** The trust that every simulator shares: same keys, same certificates, in every program. */
export const simulatorTrust = (): Promise<TestTrust> => {
  shared ??= createTrust(
    Object.fromEntries(
      ROLES.map((role) => [role, decodeBase64(SIMULATOR_KEYS[role])]),
    ) as unknown as Record<Role, Uint8Array>,
    (role) => Uint8Array.of(0x40, 1 + ROLES.indexOf(role)),
  );
  return shared;
};
let shared: Promise<TestTrust> | undefined;

/** A trust with keys of its own, which nobody else has. Takes a second. */
export const generateTrust = async (random: RandomBytes): Promise<TestTrust> => {
  const keys = await Promise.all(ROLES.map(async (role) => [role, await generateKey()] as const));
  return createTrust(Object.fromEntries(keys) as unknown as Record<Role, Uint8Array>, () =>
    serialNumber(random),
  );
};

const KEY_KIND = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
};

/** A private RSA key of 2048 bits, PKCS#8. */
export const generateKey = async (): Promise<Uint8Array> => {
  const { privateKey } = await subtle().generateKey(KEY_KIND, true, ["sign", "verify"]);
  return new Uint8Array(await subtle().exportKey("pkcs8", privateKey));
};

const createTrust = async (
  keys: Readonly<Record<Role, Uint8Array>>,
  serial: (role: Role) => Uint8Array,
): Promise<TestTrust> => {
  const stored = await Promise.all(
    ROLES.map(async (role) => {
      const certificate = await certify(role, PLACES[role], keys, serial(role));
      return [role, { certificate, privateKey: keys[role] }] as const;
    }),
  );
  return trustOfMembers(Object.fromEntries(stored) as unknown as Record<Role, StoredMember>);
};

/**
 * A trust out of keys and certificates that were made before.
 *
 * @throws MdsError `KEY_INVALID` when a key is no private RSA key in PKCS#8.
 */
export const trustOfMembers = async (
  stored: Readonly<Record<Role, StoredMember>>,
): Promise<TestTrust> => {
  const members: Partial<Record<Role, Member>> = {};
  for (const role of ROLES) {
    const { certificate, privateKey } = stored[role];
    const chain = [certificate, ...above(PLACES[role], role, stored)];
    members[role] = { certificate, privateKey, signer: await rs256Signer(privateKey, chain) };
  }
  const all = members as Readonly<Record<Role, Member>>;
  return {
    members: all,
    trust: {
      anchors: [all.adopterRoot.certificate],
      trustModuleAnchors: [all.trustModuleRoot.certificate],
      devices: [
        all.device.certificate,
        all.registrationDevice.certificate,
        all.provider.certificate,
        all.server.certificate,
      ],
    },
    opener: await sessionKeyOpener(all.partner.privateKey, all.partner.certificate),
    issueDevice: async (privateKey, validity) => {
      const request = {
        ...(await requestFor("device", PLACES.device, privateKey, Uint8Array.of(0x50, 1))),
        ...validity,
      };
      const certificate = await issueCertificate(request, nameOf("provider"), all.provider.signer);
      return rs256Signer(privateKey, [certificate, all.provider.certificate]);
    },
  };
};

const nameOf = (role: Role) => ({
  commonName: PLACES[role].commonName,
  organisation: ORGANISATION,
});

/** Certificates between a member and its root, which everybody has already. */
const above = (
  place: Place,
  role: Role,
  stored: Readonly<Record<Role, StoredMember>>,
): readonly Uint8Array[] => {
  const isRoot = PLACES[place.issuer].issuer === place.issuer;
  return place.issuer === role || isRoot ? [] : [stored[place.issuer].certificate];
};

const requestFor = async (
  role: Role,
  place: Place,
  privateKey: Uint8Array,
  serial: Uint8Array,
): Promise<CertificateRequest> => ({
  ...nameOf(role),
  subjectPublicKeyInfo: publicKeyOf(privateKey),
  serialNumber: serial,
  notBefore: NOT_BEFORE,
  notAfter: NOT_AFTER,
  ...(place.ca === undefined ? {} : { ca: place.ca }),
  ...(place.usage === undefined ? {} : { usage: place.usage }),
});

const certify = async (
  role: Role,
  place: Place,
  keys: Readonly<Record<Role, Uint8Array>>,
  serial: Uint8Array,
): Promise<Uint8Array> => {
  const issuer = await rs256Signer(keys[place.issuer], []);
  const request = await requestFor(role, place, keys[role], serial);
  return issueCertificate(request, nameOf(place.issuer), issuer);
};
