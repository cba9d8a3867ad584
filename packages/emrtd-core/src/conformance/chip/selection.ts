import { concatBytes } from "../../bytes.js";
import type { ConformanceCase } from "../../crypto/conformance/case.js";
import type { CommandApdu } from "../../iso7816/command-apdu.js";
import { EMRTD_APPLICATION, selectApplication, selectFile } from "../../iso7816/select.js";
import { isSuccess } from "../../iso7816/status-word.js";
import { fileByName } from "../../lds/files.js";
import {
  type ChipSubject,
  chipCase,
  exchange,
  expectRefusal,
  expectThat,
  hex,
  offersOf,
  openApplication,
} from "./subject.js";

/** Files that nobody sees before access control. */
const CLOSED = ["COM", "SOD", "DG1", "DG2", "DG14", "DG15"] as const;

const readFirst = (p1: number): CommandApdu => ({ cla: 0, ins: 0xb0, p1, p2: 0, le: 8 });

export const selectionCases = (subject: ChipSubject): readonly ConformanceCase[] => [
  chipCase("selects the eMRTD application by its name", async () => {
    const transceive = await subject.connect();
    const answer = await exchange(transceive, selectApplication(EMRTD_APPLICATION));
    expectThat(isSuccess(answer), "9000", hex(answer.statusWord));
  }),
  chipCase("selects no application that it has not", async () => {
    const transceive = await subject.connect();
    const name = concatBytes(EMRTD_APPLICATION.subarray(0, 5), Uint8Array.of(0x7f, 0x7f));
    expectRefusal(await exchange(transceive, selectApplication(name)), "an unknown application");
  }),
  chipCase("refuses an instruction that there is not", async () => {
    const transceive = await subject.connect();
    await exchange(transceive, selectApplication(EMRTD_APPLICATION));
    const command = { cla: 0, ins: 0xfe, p1: 0, p2: 0, le: 256 };
    expectRefusal(await exchange(transceive, command), "instruction FE");
  }),
  chipCase("gives no file of the application before it is opened", async () => {
    for (const name of CLOSED) {
      const { shortFileId } = fileByName(name);
      const transceive = await subject.connect();
      await exchange(transceive, selectApplication(EMRTD_APPLICATION));
      await exchange(transceive, selectFile(fileByName(name)));
      for (const p1 of [0, 0x80 | shortFileId]) {
        const { data, statusWord } = await exchange(transceive, readFirst(p1));
        const found = `${data.length} bytes and ${hex(statusWord)}`;
        expectThat(data.length === 0, `no byte of ${name}`, found);
      }
    }
  }),
  chipCase("signs nothing before it is opened", async () => {
    const transceive = await subject.connect();
    await exchange(transceive, selectApplication(EMRTD_APPLICATION));
    const command = { cla: 0, ins: 0x88, p1: 0, p2: 0, data: new Uint8Array(8), le: 256 };
    expectRefusal(await exchange(transceive, command), "INTERNAL AUTHENTICATE");
  }),
  chipCase("is closed again after it was without power", async () => {
    await openApplication(subject);
    const transceive = await subject.connect();
    await exchange(transceive, selectApplication(EMRTD_APPLICATION));
    await exchange(transceive, selectFile(fileByName("DG1")));
    const { data } = await exchange(transceive, readFirst(0));
    expectThat(data.length === 0, "no byte of DG1", `${data.length} bytes`);
  }),
  chipCase("offers PACE where that is claimed, and only there", async () => {
    const claimed = subject.claims.includes("pace");
    const offers = await offersOf(await subject.connect());
    const found = `${offers.length} offers in EF.CardAccess`;
    expectThat(offers.length > 0 === claimed, claimed ? "an offer" : "no offer", found);
  }),
  chipCase("answers a file that it has not by an error inside the session", async () => {
    const session = await openApplication(subject);
    const answer = await session.send(selectFile({ ...fileByName("DG1"), fileId: 0x01ff }));
    expectRefusal(answer, "SELECT of 01FF");
  }),
];
