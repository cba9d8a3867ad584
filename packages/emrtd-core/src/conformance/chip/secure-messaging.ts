import type { ConformanceCase } from "../../crypto/conformance/case.js";
import type { CommandApdu } from "../../iso7816/command-apdu.js";
import type { ResponseApdu } from "../../iso7816/response-apdu.js";
import { createSecureMessaging, type SecureMessaging } from "../../iso7816/secure-messaging.js";
import { selectFile } from "../../iso7816/select.js";
import { incremented } from "../../iso7816/sm-cipher.js";
import { readSmDataObjects, SM_TAG } from "../../iso7816/sm-data-objects.js";
import { expectSuccess, isSuccess } from "../../iso7816/status-word.js";
import { fileByName } from "../../lds/files.js";
import type { Transceive } from "../../protocol.js";
import {
  type ChipSubject,
  chipCase,
  exchange,
  expectThat,
  hex,
  openApplication,
} from "./subject.js";

const SELECT_SOD = /* @__PURE__ */ selectFile(/* @__PURE__ */ fileByName("SOD"));
const READ: CommandApdu = { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 8 };

/** Plain, and a refusal: what a chip says when it ends a session (Doc 9303-11, 9.8.5). */
const expectPlainRefusal = ({ data, statusWord }: ResponseApdu, what: string): void =>
  expectThat(
    data.length === 0 && statusWord !== 0x9000,
    `that ${what} is refused in the clear`,
    `${data.length} bytes and ${hex(statusWord)}`,
  );

/** Nothing is answered under the keys of the session any more. */
const expectOver = async (transceive: Transceive, channel: SecureMessaging): Promise<void> => {
  const answer = await exchange(transceive, channel.protect(SELECT_SOD));
  const isProtected = readSmDataObjects(answer.data, SM_TAG.status) !== undefined;
  expectThat(
    !isProtected && !isSuccess(answer),
    "that the session is over",
    `an answer of ${answer.data.length} bytes and ${hex(answer.statusWord)}`,
  );
};

const flipLast = ({ data, ...command }: CommandApdu): CommandApdu => ({
  ...command,
  data: data!.map((byte, i) => (i === data!.length - 1 ? byte ^ 1 : byte)),
});

/** Without DO 8E, which is the last ten bytes. */
const withoutChecksum = ({ data, ...command }: CommandApdu): CommandApdu => ({
  ...command,
  data: data!.subarray(0, -10),
});

export const secureMessagingCases = (subject: ChipSubject): readonly ConformanceCase[] => [
  chipCase("protects what it answers, errors as well", async () => {
    const session = await openApplication(subject);
    for (const fileId of [0x011d, 0x01ff]) {
      const command = session.channel.protect(selectFile({ ...fileByName("SOD"), fileId }));
      const answer = await exchange(session.transceive, command);
      session.channel.unprotect(answer);
    }
  }),
  chipCase("goes on for many commands", async () => {
    const session = await openApplication(subject);
    expectSuccess(await session.send(SELECT_SOD), "SELECT of EF.SOD");
    for (let count = 0; count < 20; count++) {
      expectSuccess(await session.send(READ), "READ BINARY");
    }
  }),
  ...(
    [
      ["a wrong checksum", flipLast],
      ["no checksum", withoutChecksum],
    ] as const
  ).map(([what, change]) =>
    chipCase(`refuses a command with ${what}, and ends the session`, async () => {
      // Nobody can say how far the chip counts such a command: it may go on with none of the three.
      for (let counted = 0; counted <= 2; counted++) {
        const { channel, transceive } = await openApplication(subject);
        const { session } = channel;
        const answer = await exchange(transceive, change(channel.protect(SELECT_SOD)));
        expectPlainRefusal(answer, `a command with ${what}`);
        let { sendSequenceCounter } = session;
        for (let i = 0; i < counted; i++) sendSequenceCounter = incremented(sendSequenceCounter);
        const guessed = createSecureMessaging({ ...session, sendSequenceCounter }, subject.crypto);
        await expectOver(transceive, guessed);
      }
    }),
  ),
  chipCase("refuses a command that it had before", async () => {
    const session = await openApplication(subject);
    const command = session.channel.protect(SELECT_SOD);
    session.channel.unprotect(await exchange(session.transceive, command));
    expectPlainRefusal(await exchange(session.transceive, command), "a repeated command");
  }),
  chipCase("ends the session with a plain command", async () => {
    const session = await openApplication(subject);
    expectSuccess(await session.send(SELECT_SOD), "SELECT of EF.SOD");
    const { data } = await exchange(session.transceive, READ);
    expectThat(data.length === 0, "no byte to a plain command", `${data.length} bytes`);
    await expectOver(session.transceive, session.channel);
  }),
];
