import { describe, expect, test } from "vitest";
import { fromHex } from "../src/bytes.js";
import { personaliseFromFiles } from "../src/chip/personalise-from-files.js";
import { simulatorTerminalAuthority } from "../src/chip/pki/terminal-simulator.js";
import { personalise } from "../src/chip/profiles/personalise.js";

const { files, keys, password } = personalise("bac-ecdsa");
const invalid = expect.objectContaining({ code: "CHIP_PERSONALISATION" });

describe("a chip of files", () => {
  test("is opened with the zone of its DG1, and keeps DG3 and DG4 for itself", () => {
    expect(personaliseFromFiles(files, { keys })).toEqual({
      files,
      keys,
      access: { bac: password },
      extendedAccess: [3, 4],
    });
  });

  test("or with another password, where there is no DG1", () => {
    expect(personaliseFromFiles({ SOD: files.SOD! }, { password }).access).toEqual({
      bac: password,
    });
  });

  test("is opened by PACE where EF.CardAccess is among them", () => {
    const { files: paceFiles } = personalise("pace-gm-p256");
    expect(personaliseFromFiles(paceFiles).access).toEqual({ bac: password, pace: [password] });
  });

  test("opens DG3 and DG4 to terminals of an authority whose certificate is given", () => {
    const { files: guarded, terminalTrust, extendedAccess } = personalise("eac-ta");
    const terminalAuthority = simulatorTerminalAuthority();
    const made = personaliseFromFiles(guarded, { terminalAuthority });
    expect(made).toMatchObject({ terminalTrust, extendedAccess });
  });

  test.each([
    ["no DG1", {}],
    ["a DG1 that cannot be read", { DG1: fromHex("610100") }],
  ])("needs a zone: %s", (_, without) => {
    expect(() => personaliseFromFiles(without)).toThrow(invalid);
  });

  test.each([
    ["a key without its file", { DG1: files.DG1! }],
    ["a key beside a file that cannot be read", { ...files, DG15: fromHex("6f023000") }],
    ["a key of another chip", { ...files, DG15: personalise("bac-brainpool").files.DG15! }],
  ])("needs keys of its own: %s", (_, with_) => {
    expect(() => personaliseFromFiles(with_, { keys })).toThrow(invalid);
  });
});
