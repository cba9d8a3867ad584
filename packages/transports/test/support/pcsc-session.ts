/**
 * Run by `pcscd.sh`, beside a PC/SC service of its own: what only a real service can show. Prints one
 * JSON line for each finding.
 */
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { apduTransportCases } from "../../src/conformance/index.js";
import { type CardReceive, TransportError } from "../../src/index.js";
import { listPcscReaders, openPcsc, type PcscOptions } from "../../src/node/pcsc.js";
import { openVpcdCard, type VpcdCard } from "../../src/node/vpcd.js";

const run = promisify(execFile);
const binding: PcscOptions["binding"] = () => import("smartcard");
const tell = (finding: Readonly<Record<string, unknown>>) => console.log(JSON.stringify(finding));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error) => (error instanceof TransportError ? error.code : String(error)),
  );

/** The application of electronic passports (ICAO Doc 9303-10, 3.1), and one file in it. */
const SELECT = Uint8Array.from(Buffer.from("00a4040c07a0000002471001", "hex"));
const READ = Uint8Array.of(0x00, 0xb0, 0x9e, 0x00, 0x00, 0xff, 0xff);

/** A small card: it has the application, and a file of 60,000 bytes. */
const smallCard: CardReceive = (command) => {
  if (hex(command) === hex(SELECT)) return Uint8Array.of(0x90, 0x00);
  if (command[1] !== 0xb0) return Uint8Array.of(0x6d, 0x00);
  const file = new Uint8Array(60_002).map((_, i) => i % 251);
  file.set([0x90, 0x00], 60_000);
  return file;
};

/** The service looks only now and then: who comes next must not meet the card before. */
const emptied = async () => {
  while ((await listPcscReaders({ binding })).some((reader) => reader.card)) await sleep(50);
};

const readers = await listPcscReaders({ binding });
tell({ readers });
tell({ code: "no reader", found: await codeOf(openPcsc({ binding, reader: "no such reader" })) });
tell({ code: "no reader number", found: await codeOf(openPcsc({ binding, reader: 99 })) });
tell({ code: "no card", found: await codeOf(openPcsc({ binding })) });
const caller = new AbortController();
const waiting = codeOf(openPcsc({ binding, waitForCard: true, signal: caller.signal }));
setTimeout(() => caller.abort(), 100);
tell({ code: "nobody waits", found: await waiting });

// A read through the service, by this package and by another program.
const opening = openPcsc({ binding, reader: 0, waitForCard: true });
const card = await openVpcdCard(smallCard);
const transport = await opening;
const selected = await transport.transceive(SELECT);
const file = await transport.transceive(READ);
tell({ select: hex(selected), file: file.length, end: hex(file.subarray(-2)) });
const started = performance.now();
for (let i = 0; i < 500; i++) await transport.transceive(SELECT);
tell({ msPerExchange: (performance.now() - started) / 500 });
tell({
  opensc: (await run("opensc-tool", ["-r", "0", "-s", hex(SELECT).replace(/..(?=.)/g, "$&:")]))
    .stdout,
});
const held = await openPcsc({ binding, exclusive: true }).catch((error) => error.code);
tell({ code: "shared by us, wanted alone", found: held });
await transport.close();
const alone = await openPcsc({ binding, exclusive: true });
tell({ code: "held by another", found: await codeOf(openPcsc({ binding })) });
await alone.close();
await card.close();
await emptied();

// Every case of the suite, over service, driver and virtual card.
const subject = {
  limits: { minCommand: 4, maxCommand: undefined, minResponse: 2, maxResponse: 65_535 },
  exchanges: 2_000,
  async open(receive: CardReceive) {
    const openingNext = openPcsc({ binding, reader: 0, waitForCard: true });
    let laid: VpcdCard = await openVpcdCard(receive);
    const next = await openingNext;
    return {
      transport: next,
      removeCard: () => laid.close(),
      async insertCard() {
        laid = await openVpcdCard(receive, { redialMs: 5_000 });
      },
      async stop() {
        await laid.close();
        await next.close();
        await emptied();
      },
    };
  },
};
for (const { name, run: runCase } of apduTransportCases(subject)) {
  const failure = await runCase().then(
    () => null,
    (error) => String(error),
  );
  tell({ case: name, failure });
}

// The service goes away under an open card.
const lastOpening = openPcsc({ binding, waitForCard: true });
const last = await openVpcdCard(smallCard);
const orphan = await lastOpening;
process.kill(Number(process.env["PCSCD_PID"]));
await sleep(500);
tell({ code: "service gone, card open", found: await codeOf(orphan.transceive(SELECT)) });
tell({ code: "service gone", found: await codeOf(openPcsc({ binding })) });
await orphan.close();
await last.close();
