import {
  activeAuthentication,
  activeAuthenticationHash,
  activeAuthenticationLength,
  verifyActiveAuthentication,
} from "../../authentication/active.js";
import { chipAuthentication } from "../../authentication/chip-authentication.js";
import {
  mappingKeyOf,
  verifyChipAuthenticationMapping,
} from "../../authentication/chip-authentication-mapping.js";
import { chipAuthenticationOffers } from "../../authentication/chip-authentication-offers.js";
import { toHex } from "../../bytes.js";
import type { ConformanceCase } from "../../crypto/conformance/case.js";
import { decodeSubjectPublicKeyInfo } from "../../crypto/public-key.js";
import { createSecureMessaging } from "../../iso7816/secure-messaging.js";
import { selectFile } from "../../iso7816/select.js";
import { expectSuccess } from "../../iso7816/status-word.js";
import { decodeCardSecurity } from "../../lds/card-security.js";
import { decodeDg14 } from "../../lds/dg14.js";
import { decodeDg15 } from "../../lds/dg15.js";
import { type FileName, fileByName } from "../../lds/files.js";
import {
  type ChipSubject,
  chipCase,
  exchange,
  expectRefusal,
  expectThat,
  hex,
  type OpenSession,
  openApplication,
  openByPace,
  readWhole,
  sessionUnder,
} from "./subject.js";

const readOrFail = async (session: OpenSession, name: FileName): Promise<Uint8Array> => {
  const bytes = await session.inside(readWhole(name));
  if (!bytes) throw new Error(`expected ${name}, found that it is not given`);
  return bytes;
};

export const activeAuthenticationCases = (subject: ChipSubject): readonly ConformanceCase[] => [
  chipCase("active authentication: signs each challenge with the key of DG15", async () => {
    const session = await openApplication(subject);
    const key = decodeSubjectPublicKeyInfo(decodeDg15(await readOrFail(session, "DG15")).publicKey);
    const hash = await statedHash(session);
    const seen = new Set<string>();
    for (let round = 0; round < 2; round++) {
      const challenge = subject.random(8);
      const evidence = await session.inside(
        activeAuthentication(challenge, activeAuthenticationLength(key)),
      );
      const { status, reason } = verifyActiveAuthentication(evidence, key, {
        crypto: subject.crypto,
        hash,
      });
      expectThat(status === "passed", "a signature by the key of DG15", `${reason}`);
      seen.add(toHex(evidence.signature));
    }
    expectThat(seen.size === 2, "another signature for another challenge", "the same");
  }),
  chipCase("active authentication: refuses a challenge of seven bytes", async () => {
    const session = await openApplication(subject);
    const command = { cla: 0, ins: 0x88, p1: 0, p2: 0, data: new Uint8Array(7), le: 256 };
    expectRefusal(await session.send(command), "a challenge of seven bytes");
  }),
];

const statedHash = async (session: OpenSession) => {
  const dg14 = await session.inside(readWhole("DG14"));
  const infos = dg14 ? decodeDg14(dg14).securityInfos : [];
  return infos.flatMap((info) =>
    info.type === "ActiveAuthenticationInfo"
      ? [activeAuthenticationHash(info.signatureAlgorithm)]
      : [],
  )[0];
};

export const chipAuthenticationCases = (subject: ChipSubject): readonly ConformanceCase[] => [
  chipCase(
    "chip authentication: goes on under keys that only the chip of DG14 can have",
    async () => {
      const first = await openApplication(subject);
      const offers = chipAuthenticationOffers(
        decodeDg14(await readOrFail(first, "DG14")).securityInfos,
      );
      expectThat(offers.length > 0, "a key for chip authentication in DG14", "none");
      for (const offer of offers) {
        const session = await openApplication(subject);
        const run = await session.inside(chipAuthentication(offer, subject));
        if (!run.session) throw new Error(`expected an agreement, found ${hex(run.statusWord)}`);
        const next = sessionUnder(session, createSecureMessaging(run.session, subject.crypto));
        expectSuccess(await next.send(selectFile(fileByName("SOD"))), "SELECT under the new keys");
      }
    },
  ),
  chipCase("chip authentication: the session before it is over", async () => {
    const session = await openApplication(subject);
    const [offer] = chipAuthenticationOffers(
      decodeDg14(await readOrFail(session, "DG14")).securityInfos,
    );
    await session.inside(chipAuthentication(offer!, subject));
    const command = session.channel.protect(selectFile(fileByName("SOD")));
    const { data, statusWord } = await exchange(session.transceive, command);
    const refused = data.length === 0 && statusWord !== 0x9000;
    expectThat(refused, "a refusal in the clear", `${data.length} bytes and ${hex(statusWord)}`);
  }),
];

export const mappingCases = (subject: ChipSubject): readonly ConformanceCase[] => [
  chipCase("chip authentication mapping: proves the key of EF.CardSecurity", async () => {
    const session = await openByPace(subject, (offers) =>
      offers.find(({ protocol }) => protocol.mapping === "CAM"),
    );
    const { protocol, parameterId, transcript } = session.result;
    const file = await readOrFail(session, "CardSecurity");
    const key = mappingKeyOf(decodeCardSecurity(file).securityInfos, parameterId!);
    if (!key) throw new Error("expected a key for the parameters in EF.CardSecurity, found none");
    const evidence = {
      protocol: "chip-authentication-mapping",
      oid: protocol.oid,
      parameterId: parameterId!,
      transcript,
    } as const;
    const proved = verifyChipAuthenticationMapping(evidence, key, subject.crypto);
    expectThat(proved, "a proof of the key in EF.CardSecurity", "none");
  }),
];
