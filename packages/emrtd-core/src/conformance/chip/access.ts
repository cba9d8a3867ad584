import { integratedNonceLengths } from "../../access/pace-mapping.js";
import { generalAuthenticate, PACE_TAG, selectPace } from "../../access/pace-messages.js";
import type { PaceOffer } from "../../access/pace-offers.js";
import type { Password } from "../../access/password.js";
import { toHex } from "../../bytes.js";
import type { ConformanceCase } from "../../crypto/conformance/case.js";
import { keyAgreementGroup } from "../../crypto/key-agreement.js";
import type { CommandApdu } from "../../iso7816/command-apdu.js";
import { decodeCommandApdu } from "../../iso7816/command-apdu.js";
import { EMRTD_APPLICATION, selectApplication } from "../../iso7816/select.js";
import { expectSuccess, isSuccess } from "../../iso7816/status-word.js";
import { decodeTlv } from "../../tlv.js";
import {
  type ChipSubject,
  chipCase,
  exchange,
  expectFailure,
  expectRefusal,
  expectThat,
  hex,
  offersOf,
  openByBac,
  openByPace,
} from "./subject.js";

/** How often something that must be fresh is looked at. */
const ROUNDS = 3;

const GET_CHALLENGE: CommandApdu = { cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 };

export const bacCases = (subject: ChipSubject): readonly ConformanceCase[] => [
  chipCase("basic access control opens it with its machine readable zone", async () => {
    await openByBac(subject);
  }),
  chipCase("its challenge has eight bytes and is another one each time", async () => {
    const seen = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const transceive = await subject.connect();
      await exchange(transceive, selectApplication(EMRTD_APPLICATION));
      const challenge = expectSuccess(await exchange(transceive, GET_CHALLENGE), "GET CHALLENGE");
      expectThat(challenge.length === 8, "8 bytes", `${challenge.length}`);
      seen.add(toHex(challenge));
    }
    expectThat(seen.size === ROUNDS, "another challenge each time", "one twice");
  }),
  chipCase("a recorded proof does not open it again", async () => {
    const recorded: CommandApdu[] = [];
    const connect = async () => {
      const transceive = await subject.connect();
      return async (command: Uint8Array) => {
        const decoded = decodeCommandApdu(command);
        if (decoded.ins === 0x82) recorded.push(decoded);
        return transceive(command);
      };
    };
    await openByBac({ ...subject, connect });
    const transceive = await subject.connect();
    await exchange(transceive, selectApplication(EMRTD_APPLICATION));
    await exchange(transceive, GET_CHALLENGE);
    expectRefusal(await exchange(transceive, recorded[0]!), "a recorded EXTERNAL AUTHENTICATE");
  }),
  chipCase("a proof without a challenge is refused", async () => {
    const transceive = await subject.connect();
    await exchange(transceive, selectApplication(EMRTD_APPLICATION));
    const command = { cla: 0, ins: 0x82, p1: 0, p2: 0, data: new Uint8Array(40), le: 40 };
    expectRefusal(await exchange(transceive, command), "EXTERNAL AUTHENTICATE");
  }),
  ...(subject.wrongPasswords === false
    ? []
    : [
        chipCase("basic access control does not open it with another document number", () =>
          expectFailure(
            openByBac(subject, { ...subject.password, documentNumber: "X00000000" }),
            "basic access control with a wrong password",
          ),
        ),
      ]),
];

/** MSE:Set AT for an offer, as every chip takes it. */
const selectOffer = ({ protocol, parameterId }: PaceOffer): CommandApdu =>
  selectPace({
    protocol: protocol.oid,
    password: "mrz",
    ...(parameterId === undefined ? {} : { parameterId }),
  });

const nonceOf = async (subject: ChipSubject, offer: PaceOffer) => {
  const transceive = await subject.connect();
  expectSuccess(await exchange(transceive, selectOffer(offer)), "MSE:Set AT");
  const command = generalAuthenticate([], { last: false, largest: 32 });
  const data = expectSuccess(await exchange(transceive, command), "GENERAL AUTHENTICATE");
  const nonce = decodeTlv(data).child(PACE_TAG.encryptedNonce)?.value;
  if (!nonce) throw new Error("expected an encrypted nonce, found none");
  return { transceive, nonce };
};

export const paceCases = (subject: ChipSubject): readonly ConformanceCase[] => [
  chipCase("PACE opens it by each offer, with its machine readable zone", async () => {
    const { length } = await offersOf(await subject.connect());
    for (let index = 0; index < length; index++) await openByPace(subject, (all) => all[index]);
  }),
  ...(subject.can === undefined
    ? []
    : [
        chipCase("PACE opens it with its card access number", async () => {
          await openByPace(subject, undefined, { can: subject.can! });
        }),
      ]),
  chipCase("the encrypted nonce is another one each time", async () => {
    const [offer] = await offersOf(await subject.connect());
    const seen = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      seen.add(toHex((await nonceOf(subject, offer!)).nonce));
    }
    expectThat(seen.size === ROUNDS, "another nonce each time", "one twice");
  }),
  chipCase("elements outside of the group are refused", async () => {
    for (const offer of await offersOf(await subject.connect())) {
      for (const element of foreignElements(subject, offer)) {
        const { transceive } = await nonceOf(subject, offer);
        const step = (tag: number, value: Uint8Array) =>
          exchange(
            transceive,
            generalAuthenticate([[tag, value]], { last: false, largest: element.length }),
          );
        // Integrated mapping sends a nonce first: there the key of the agreement is the first element.
        const integrated = offer.protocol.mapping === "IM";
        if (integrated) {
          const second = subject.random(integratedNonceLengths(offer.protocol.cipher).second);
          expectSuccess(await step(PACE_TAG.terminalMapping, second), "GENERAL AUTHENTICATE");
        }
        const tag = integrated ? PACE_TAG.terminalPublicKey : PACE_TAG.terminalMapping;
        expectRefusal(await step(tag, element), "an element outside of the group");
      }
    }
  }),
  chipCase("GENERAL AUTHENTICATE without MSE:Set AT is refused", async () => {
    const command = generalAuthenticate([], { last: false, largest: 32 });
    expectRefusal(await exchange(await subject.connect(), command), "GENERAL AUTHENTICATE");
  }),
  chipCase("a protocol that there is not is refused", async () => {
    const transceive = await subject.connect();
    const command = selectPace({ protocol: "0.4.0.127.0.7.2.2.4.9.9", password: "mrz" });
    const answer = await exchange(transceive, command);
    expectThat(!isSuccess(answer), "a refusal of MSE:Set AT", hex(answer.statusWord));
  }),
  ...(subject.wrongPasswords === false
    ? []
    : WRONG.map(([what, password]) =>
        chipCase(`PACE does not open it with ${what}`, () =>
          expectFailure(openByPace(subject, undefined, password(subject)), `PACE with ${what}`),
        ),
      )),
];

const WRONG: readonly [string, (subject: ChipSubject) => Password][] = [
  ["another document number", ({ password }) => ({ ...password, documentNumber: "X00000000" })],
  ["another card access number", ({ can }) => ({ can: can === "000000" ? "000001" : "000000" })],
];

/** A point off the curve, or the integer one; and zeros. */
const foreignElements = (
  { crypto }: ChipSubject,
  { parameters }: PaceOffer,
): readonly Uint8Array[] => {
  const { generator, elementLength } = keyAgreementGroup(parameters, crypto);
  const zeros = new Uint8Array(elementLength);
  const last = parameters.type === "EC" ? generator.at(-1)! ^ 1 : 1;
  const first = parameters.type === "EC" ? generator : zeros;
  return [Uint8Array.of(...first.subarray(0, -1), last), zeros];
};
