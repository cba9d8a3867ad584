import { createECDH, randomBytes } from "node:crypto";
import { brainpoolP256r1 } from "@noble/curves/misc.js";
import {
  type CommandApdu,
  drive,
  encodeCommandApdu,
  type PaceResult,
  pace,
  paceProtocol,
  portableCrypto,
  type ResponseApdu,
  recordTape,
} from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import { createVirtualChip, personalise } from "@org/emrtd-core/testing";
import type { Contest } from "../harness.js";

const PROTOCOL = paceProtocol("0.4.0.127.0.7.2.2.4.2.2")!;
const PARAMETERS = { type: "EC", curve: "brainpoolP256r1" } as const;
const random = (length: number) => new Uint8Array(randomBytes(length));

/** PACE with generic mapping, the terminal alone: the chip's answers come from a recording. */
export const paceTerminal = async (): Promise<Contest> => {
  const document = personalise("pace-gm-brainpool", { crypto: nodeCrypto });
  const chip = createVirtualChip(document, { random, crypto: nodeCrypto });
  const recorder = recordTape({ transceive: async (command) => chip.receive(command), random });
  const options = { random: recorder.random, crypto: nodeCrypto };
  const { transcript } = await drive(
    pace(document.password, PROTOCOL, PARAMETERS, options),
    recorder.transceive,
  );
  const { events } = recorder.tape();
  const drawn = events.flatMap((event) => ("random" in event ? [event.random] : []));
  const answers = events.flatMap((event) => ("answer" in event ? [event.answer] : []));

  const terminal = (crypto: typeof nodeCrypto): PaceResult => {
    let draw = 0;
    const run = pace(document.password, PROTOCOL, PARAMETERS, {
      random: () => drawn[draw++]!,
      crypto,
    });
    let step: IteratorResult<CommandApdu, PaceResult> = run.next();
    for (const answer of answers) {
      encodeCommandApdu(step.value as CommandApdu);
      step = run.next(response(answer));
    }
    return step.value as PaceResult;
  };
  const bare = bareOperations(transcript);
  return {
    title: "PACE, generic mapping on brainpoolP256r1: the terminal's side",
    baseline: "the same multiplications by noble, the agreement by node:crypto",
    contestants: {
      "the same multiplications by noble, the agreement by node:crypto": bare,
      "pace with nodeCrypto": () => terminal(nodeCrypto),
      "pace with portableCrypto": () => terminal(portableCrypto),
    },
    budgets: [{ contestant: "pace with nodeCrypto", atMost: 2 }],
  };
};

const response = (answer: Uint8Array): ResponseApdu => ({
  data: answer.subarray(0, -2),
  statusWord: (answer.at(-2)! << 8) | answer.at(-1)!,
});

/** Two keys, the shared point, the new generator, and the agreement: nothing of the protocol around them. */
const bareOperations = ({ nonce, mapping, agreement }: PaceResult["transcript"]) => {
  if (mapping.type !== "key-agreement") throw new Error("expected generic mapping");
  const { Point } = brainpoolP256r1;
  const scalar = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  const [s, first, second] = [nonce, mapping.privateKey, agreement.privateKey].map(scalar) as [
    bigint,
    bigint,
    bigint,
  ];
  const chipMapping = Point.fromBytes(mapping.chipPublicKey);
  return () => {
    Point.BASE.multiply(first).toBytes(false);
    const generator = Point.BASE.multiply(s).add(chipMapping.multiply(first));
    generator.multiply(second).toBytes(false);
    const ecdh = createECDH("brainpoolP256r1");
    ecdh.setPrivateKey(agreement.privateKey);
    return ecdh.computeSecret(agreement.chipPublicKey);
  };
};
