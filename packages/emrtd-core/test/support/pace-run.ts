import { type PaceResult, pace } from "../../src/access/pace.js";
import { createPaceChip, type PaceChipOptions } from "../../src/access/pace-chip.js";
import { passwordKey } from "../../src/access/pace-keys.js";
import type { PaceProtocol } from "../../src/access/pace-protocol.js";
import type { KeyAgreementParameters } from "../../src/crypto/key-agreement.js";
import type { CryptoProvider, RandomBytes } from "../../src/crypto/provider.js";
import type { ResponseApdu } from "../../src/iso7816/response-apdu.js";
import type { SecureMessagingSession } from "../../src/iso7816/sm-cipher.js";

export interface PaceRun {
  readonly protocol: PaceProtocol;
  readonly parameters: KeyAgreementParameters;
  readonly crypto: CryptoProvider;
  readonly terminalRandom: RandomBytes;
  readonly chipRandom: RandomBytes;
  /** What the terminal knows; the chip has 123456. */
  readonly terminalCan?: string;
  readonly chip?: Partial<PaceChipOptions>;
  /** Changes an answer of the chip; steps count from 0, which is MSE:Set AT. */
  readonly alter?: (answer: ResponseApdu, step: number) => ResponseApdu;
}

/** Runs PACE between the two sides, each with its own random bytes. */
export const runPace = (
  run: PaceRun,
): { readonly chip: SecureMessagingSession | undefined; readonly terminal: PaceResult } => {
  const { protocol, parameters, crypto, terminalCan = "123456", alter = (answer) => answer } = run;
  const chip = createPaceChip({
    protocol,
    parameters,
    passwordKey: passwordKey({ can: "123456" }, protocol.cipher, crypto),
    random: run.chipRandom,
    crypto,
    chipAuthenticationData: () => new Uint8Array(32),
    ...run.chip,
  });
  const terminal = pace({ can: terminalCan }, protocol, parameters, {
    random: run.terminalRandom,
    crypto,
  });
  let step = terminal.next();
  let session: SecureMessagingSession | undefined;
  for (let count = 0; !step.done; count++) {
    const { ins, data } = step.value;
    const said = ins === 0x22 ? undefined : chip.step(data!);
    if (said?.state === "done") ({ session } = said);
    const answer: ResponseApdu = !said
      ? { data: new Uint8Array(), statusWord: 0x9000 }
      : said.state === "refused"
        ? { data: new Uint8Array(), statusWord: said.statusWord }
        : { data: said.data, statusWord: 0x9000 };
    step = terminal.next(alter(answer, count));
  }
  return { chip: session, terminal: step.value };
};
