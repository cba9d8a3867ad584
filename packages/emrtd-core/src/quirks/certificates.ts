import type { Quirk } from "./quirk.js";

/** Certificates and their issuers. */
export const CERTIFICATE_QUIRKS = [
  {
    id: "country-case",
    observed: "countryName is written in small letters",
    done: "case does not matter; the profile's rule is a finding",
    sources: ["mgdx/Sceau docs/deviations.md"],
  },
  {
    id: "country-of-hong-kong",
    observed: "documents of HK and MO are signed under C=CN, or under HK and MO by an issuer CHN",
    done: "they are one authority",
    sources: ["mgdx/Sceau docs/deviations.md"],
  },
  {
    id: "country-of-bermuda",
    observed: "documents of BMU are signed under C=GB",
    done: "they are one authority",
    sources: ["mgdx/Sceau docs/deviations.md"],
  },
  {
    id: "country-of-germany",
    observed: "D stands for DEU in the zone, and DE in certificates",
    done: "they are one country",
    sources: ["mgdx/Sceau docs/deviations.md", "Doc 9303-3, 5"],
  },
  {
    id: "authority-profile",
    observed:
      "authorities and link certificates lack pathLen, basicConstraints or key usage (CM, IT, LU, PT, TR)",
    done: "findings; an authority is what is trusted as one and may sign certificates",
    sources: ["mgdx/Sceau docs/deviations.md", "gmrtd/gmrtd#329"],
  },
  {
    id: "document-types-malformed",
    observed: "documentTypeList cannot be read (CN, FR, MD, PH, TZ)",
    done: "the report names it, and nothing else depends on it",
    sources: ["mgdx/Sceau docs/deviations.md"],
  },
  {
    id: "authority-same-name",
    observed: "an authority keeps its name when it changes its key",
    done: "key identifiers propose, then names, and the signature decides",
    sources: ["mgdx/Sceau docs/deviations.md"],
  },
  {
    id: "authority-expired",
    observed: "the authority's certificate has expired since the document was issued",
    done: "it is not judged at the time of reading",
    sources: ["AndyQ/NFCPassportReader#64"],
  },
] as const satisfies readonly Quirk[];
