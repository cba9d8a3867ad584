import { command, EXIT, table } from "@org/command";
import { nodeCrypto } from "@org/emrtd-core/node";
import { openMasterList } from "@org/emrtd-core/trust";
import { readListFile, readSmallFile } from "../read-file.js";
import { type CountryEntry, describeMasterList } from "../report/master-list.js";

export const masterList = command({
  name: "master-list",
  summary: "Shows the country signing authorities of a master list, and who signed it",
  operands: { file: { help: "a master list: CMS as DER or PEM" } },
  flags: {
    root: {
      type: "text",
      value: "CERT",
      help: "certificate of the authority under which the list must be signed",
    },
  },
  details: `
Without --root nobody vouches for the list, and the answer says so.
Exit 0: shown, and signed under the root if one was given. 1: not signed under it. 2: unreadable input.

  emrtd master-list list.ml --root csca.cer`,
  async run({ operands, flags, output }) {
    const bytes = await readListFile(operands.file);
    const root = flags.root === undefined ? undefined : await readSmallFile(flags.root);
    const list = describeMasterList(
      openMasterList(bytes, { crypto: nodeCrypto, ...(root ? { root } : {}) }),
    );
    if (root === undefined) output.note("nobody vouches for this list: no --root was given");
    const head = [
      list.trusted
        ? output.style("green", `signed under the root by ${list.signer?.subject ?? "?"}`)
        : output.style("yellow", `not trusted: ${list.reason}`),
      ...(list.signingTime === null ? [] : [`signed at ${list.signingTime}`]),
      `${list.certificates} certificates of ${list.countries.length} countries`,
      "",
    ];
    const rows = list.countries.map(countryRow);
    const heading = ["country", "certificates", "links", "valid from", "to", "signatures"];
    output.result(list, [...head, table([heading, ...rows])].join("\n"));
    return list.trusted || root === undefined ? EXIT.yes : EXIT.no;
  },
});

const countryRow = ({ country, certificates }: CountryEntry): string[] => {
  const dates = (ends: readonly (string | null)[]) =>
    ends
      .filter((end) => end !== null)
      .map((end) => end.slice(0, 10))
      .sort();
  return [
    country ?? "?",
    String(certificates.length),
    String(certificates.filter(({ link }) => link).length),
    dates(certificates.map(({ notBefore }) => notBefore))[0] ?? "?",
    dates(certificates.map(({ notAfter }) => notAfter)).at(-1) ?? "?",
    [...new Set(certificates.map(({ signatureAlgorithm }) => signatureAlgorithm ?? "?"))].join(
      ", ",
    ),
  ];
};
