/** The key that opens a chip: what is printed on the document. */
export const PASSWORD_FLAGS = {
  "document-number": {
    type: "text",
    value: "N",
    group: "key",
    help: "document number, as printed",
  },
  birth: { type: "text", value: "YYMMDD", group: "key", help: "date of birth" },
  expiry: { type: "text", value: "YYMMDD", group: "key", help: "date of expiry" },
  mrz: {
    type: "text",
    value: "TEXT",
    group: "key",
    help: "machine readable zone, lines joined or apart",
  },
  can: { type: "text", value: "N", group: "key", help: "card access number" },
} as const;

export interface PasswordFlagValues {
  readonly "document-number": string | undefined;
  readonly birth: string | undefined;
  readonly expiry: string | undefined;
  readonly mrz: string | undefined;
  readonly can: string | undefined;
}
