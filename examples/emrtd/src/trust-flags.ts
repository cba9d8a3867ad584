/** Whom to believe. Nothing is trusted that is not named here. */
export const TRUST_FLAGS = {
  csca: {
    type: "text",
    value: "FILE|DIR|sim",
    many: true,
    group: "trust",
    help: "country signing certificate, a folder of them, or the simulator's; a link certificate counts where another one of them leads to it",
  },
  "master-list": {
    type: "text",
    value: "FILE",
    many: true,
    group: "trust",
    help: "master list; trusted only with the certificate under which it is signed",
  },
  "master-list-root": {
    type: "text",
    value: "CERT",
    many: true,
    group: "trust",
    help: "that certificate: one for all master lists, or one for each in their order",
  },
  crl: {
    type: "text",
    value: "FILE",
    many: true,
    group: "trust",
    help: "revocation list of an issuing country",
  },
  "deviation-list": {
    type: "text",
    value: "FILE",
    many: true,
    group: "trust",
    help: "what a state says is wrong with documents of its own",
  },
  "defect-list": {
    type: "text",
    value: "FILE",
    many: true,
    group: "trust",
    help: "what an authority says is wrong with documents (BSI TR-03129)",
  },
  "defect-list-root": {
    type: "text",
    value: "CERT",
    many: true,
    group: "trust",
    help: "the certificate under which it is signed: one for all, or one for each",
  },
} as const;

export type TrustFlagValues = { readonly [flag in keyof typeof TRUST_FLAGS]: readonly string[] };
