import fc from "fast-check";
import { createServerEngine, type ServerStore } from "../src/index.js";

const TABLES = ["ATTLOG", "OPERLOG", "IDCARD", "BIODATA", "ERRORLOG", "ATTPHOTO"] as const;

const TIME = "2015-07-30 15:16:28";
const LINES = [
  ["7", TIME, "0", "1", "0", "0", "0"],
  ["7", TIME, "0", "1", "0", "0", "0", "255", "36.5", "36.5", "12"],
  ["0", TIME, "0", "1", "0", "0", "0", "210218199105072345", "1", "0"],
  ["OPLOG 4", "14", TIME, "0", "0", "0", "0"],
  ["USER PIN=7", "Name=x", "Pri=0", "Passwd=", "Card=[00000000]", "Grp=1", "TZ=0001"],
  ["FP PIN=7", "FID=1", "Size=4", "Valid=1", "TMP=QUJD"],
  ["BIODATA Pin=7", "No=0", "Index=0", "Valid=1", "Type=9", "MajorVer=1", "Tmp=QUJD"],
  ["IDCARD PIN=7", "SNNum=1", "IDNum=210218199105072345", "Name=x"],
  ["BIOPHOTO PIN=7", "FileName=7.jpg", "Type=2", "Size=4", "Content=QUJD"],
  ["ERRORLOG ErrCode=D01E0001", "ErrMsg=x"],
  ["PIN=x.jpg", "SN=1", "size=3", "CMD=uploadphoto"],
] as const;

/** What a terminal might put where a field should be. */
const junk = fc.oneof(
  fc.constantFrom("\0", "a\0b", "\ufffd", "'", "99999999999999999999", "-1", "4294967296", "", "="),
  fc.integer().map(String),
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("PIN=", "IDNum=", "").map((key) => `${key}${"x1y2".repeat(2_000)}`),
  // A key that no index takes, and that cannot be compressed to one.
  fc.uint8Array({ minLength: 4_000, maxLength: 4_000 }).map((b) => Buffer.from(b).toString("hex")),
);

const line = fc
  .tuple(
    fc.constantFrom(...LINES),
    fc.array(fc.tuple(fc.nat(10), junk), { maxLength: 3 }),
    fc.boolean(),
  )
  .map(([columns, changes, behind]) => {
    const changed: string[] = [...columns];
    for (const [at, text] of changes) {
      const old = changed[at % changed.length]!;
      changed[at % changed.length] = behind ? old + text : text;
    }
    return changed.join("\t");
  });

/**
 * Uploads that are nearly what they should be: the store takes each, since a terminal sends what was
 * refused again and again, and nothing behind it.
 */
export const uploadsAreTaken = (store: ServerStore, numRuns: number): Promise<void> => {
  let id = 0;
  const engine = createServerEngine({ store, pairing: "open", newCommandId: () => `c${++id}` });
  return fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...TABLES),
      fc.array(line, { maxLength: 4 }),
      async (...it) => {
        const [table, lines] = it;
        const { response, events } = await engine.handle(
          {
            method: "POST",
            path: "/iclock/cdata",
            query: `SN=0316144680030&table=${table}&Stamp=9999`,
            headers: [],
            body: new TextEncoder().encode(lines.map((text) => `${text}\n`).join("")),
          },
          Date.UTC(2015, 6, 30),
        );
        const failure = events.find(({ event }) => event === "storeFailed");
        if (failure !== undefined && "error" in failure) throw failure.error;
        return response.status === 200;
      },
    ),
    { numRuns, endOnFailure: true },
  );
};
