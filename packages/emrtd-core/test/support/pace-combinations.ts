import { PACE_PROTOCOLS, paceCombinationFault } from "../../src/access/pace-protocol.js";
import { standardizedDomainParameters } from "../../src/crypto/standardized-domain-parameters.js";

const PARAMETER_IDS = [0, 1, 2, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18];

const every = PACE_PROTOCOLS.flatMap((protocol) =>
  PARAMETER_IDS.map((id) => ({ protocol, parameters: standardizedDomainParameters(id)!, id })),
);
const isAllowed = ({ protocol, parameters }: (typeof every)[number]) =>
  paceCombinationFault(protocol, parameters) === undefined;

/** Every protocol with every identifier of parameters, parted by what the standard allows. */
export const PACE_COMBINATIONS = {
  allowed: every.filter(isAllowed),
  refused: every.filter((entry) => !isAllowed(entry)),
};
