import fc from "fast-check";
import type { BioRequest, CaptureRequest, DataBlock } from "../model/types.js";
import { type BioSubType, EYES, FINGERS, subTypesOf } from "../vocabulary/bio-sub-type.js";
import { MODALITIES, type Modality } from "../vocabulary/modality.js";
import { compact, filled, hex, instant, maybe, pairs, score } from "./values.js";

const positions = (modality: Modality): fc.Arbitrary<BioSubType[]> =>
  fc.uniqueArray(fc.constantFrom<BioSubType[]>(...subTypesOf(modality), "unknown"), {
    minLength: 1,
  });

/** One arbitrary for each kind, made once: making them takes longer than drawing from them. */
const anyOf = <T>(make: (modality: Modality) => fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof(...MODALITIES.map(make));

/** Any entry of a capture request in the neutral model. */
export const anyBioRequest = (): fc.Arbitrary<BioRequest> =>
  anyOf((modality) =>
    fc
      .record({
        wanted: fc.constant(modality),
        count: fc.integer({ min: 1, max: 10 }),
        subTypes: modality === "face" ? fc.constant(undefined) : maybe(positions(modality)),
        exceptions: maybe(fc.uniqueArray(fc.constantFrom(...FINGERS, ...EYES), { maxLength: 3 })),
        requestedScore: score(),
        deviceId: maybe(fc.stringMatching(/^[1-9]\d{0,3}$/)),
        serialNo: maybe(fc.stringMatching(/^[1-9]\d{11}$/)),
        subId: fc.integer({ min: 0, max: 3 }),
        previousHash: fc.oneof(fc.constant(""), hex(32)),
      })
      .map((value) => compact(value) as BioRequest),
  );

/** Any capture request in the neutral model. */
export const anyCaptureRequest = (): fc.Arbitrary<CaptureRequest> =>
  fc
    .record({
      env: fc.constantFrom("staging", "developer", "pre-production", "production" as const),
      purpose: fc.constantFrom("auth", "registration", "kyc" as const),
      timeoutMs: fc.integer({ min: 1, max: 60_000 }),
      captureTime: instant(),
      domainUri: maybe(fc.constantFrom("https://auth.example", "https://id.example/a")),
      transactionId: fc.stringMatching(/^[A-Za-z0-9-]{4,50}$/),
      registrationId: maybe(fc.stringMatching(/^[1-9]\d{9}$/)),
      bio: fc.array(anyBioRequest(), { minLength: 1, maxLength: 3 }),
      customOpts: maybe(pairs()),
    })
    .map((value) => compact(value) as CaptureRequest);

/** Any data block in the neutral model. */
export const anyDataBlock = (): fc.Arbitrary<DataBlock> =>
  anyOf((modality) =>
    fc
      .record({
        digitalId: fc.constant("eyJzZXJpYWxObyI6IjEifQ"),
        deviceCode: maybe(fc.uuid({ version: 4 })),
        serialNo: fc.stringMatching(/^\d{12}$/),
        providerId: maybe(filled()),
        serviceId: maybe(filled()),
        serviceVersion: maybe(filled()),
        modality: fc.constant(modality),
        subType:
          modality === "face"
            ? fc.constant(undefined)
            : fc.constantFrom(...subTypesOf(modality), "unknown" as const),
        purpose: fc.constantFrom("auth", "registration" as const),
        env: fc.constantFrom("staging", "developer", "pre-production", "production" as const),
        domainUri: maybe(fc.constantFrom("https://auth.example", "https://id.example/a")),
        bioValue: fc.uint8Array({ minLength: 1, maxLength: 64 }),
        bioExtract: maybe(fc.uint8Array({ minLength: 1, maxLength: 64 })),
        transactionId: fc.stringMatching(/^[A-Za-z0-9-]{4,50}$/),
        registrationId: maybe(fc.stringMatching(/^[1-9]\d{9}$/)),
        timestamp: instant(),
        requestedScore: score(),
        qualityScore: score(),
      })
      .map((value) => compact(value) as DataBlock),
  );
