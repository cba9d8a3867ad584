import fc from "fast-check";
import { FILE_NAMES } from "./file-name.js";
import type * as v1 from "./messages/v1/index.js";
import { STATUSES } from "./messages/v1/status.js";
import { CHECK_RESULTS } from "./messages/v2/ca-handback.js";
import type { ClientMessage, SecureMessagingInfo, ServerMessage } from "./messages/v2/index.js";
import type { EmrtdPassport } from "./result/emrtd-passport.js";
import type { ValidationResult } from "./result/validation-result.js";

/** Arbitrary values of every message, for property tests: `decode(encode(x)) = x` holds for each. */

const identifier = () => fc.string({ minLength: 1, maxLength: 40 });
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const someBytes = (maxLength = 64) => fc.uint8Array({ maxLength });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

/** Names no message has, so that they must be kept as unknown; `__proto__` is one. */
const unknownFields = () =>
  fc
    .dictionary(
      fc.oneof(
        fc.constant("__proto__"),
        fc.constant("constructor"),
        fc.string().map((s) => `x-${s}`),
      ),
      fc.oneof(
        fc.string(),
        fc.boolean(),
        fc.integer(),
        fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }),
      ),
      { minKeys: 1, maxKeys: 3 },
    )
    .map((object) => ({ unknown: Object.fromEntries(Object.entries(object)) }));

const withUnknown = <T extends object>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 4, arbitrary },
    {
      weight: 1,
      arbitrary: fc
        .tuple(arbitrary, unknownFields())
        .map(([value, more]) => ({ ...value, ...more })),
    },
  );

/** Every counter that 64 bits can hold, the borders more often. */
export const anySsc = (): fc.Arbitrary<bigint> =>
  fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.constantFrom(0n, -1n, 2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n)),
  );

export const anySecureMessagingInfo = (): fc.Arbitrary<SecureMessagingInfo> =>
  withUnknown(
    fc.record({
      algorithm: fc.constantFrom("AES" as const, "DESede" as const),
      encKey: fc.constantFrom(16, 24, 32).chain(bytes),
      macKey: fc.constantFrom(16, 24, 32).chain(bytes),
      ssc: anySsc(),
    }),
  );

const anyFile = () =>
  fc.record({
    type: fc.constant("FILE" as const),
    name: fc.oneof(
      fc.constantFrom(...FILE_NAMES),
      fc.constantFrom("__proto__", "../x", "x".repeat(127)),
    ),
    data: someBytes(),
  });

const anyApdu = () =>
  fc.record({
    type: fc.constant("APDU" as const),
    data: fc.uint8Array({ minLength: 2, maxLength: 300 }),
  });

/** Any message of a client of version 2. */
export const anyClientMessage = (): fc.Arbitrary<ClientMessage> =>
  fc.oneof(
    withUnknown(
      fc.record(
        {
          type: fc.constant("START" as const),
          validationId: identifier(),
          clientId: identifier(),
          platform: fc.string({ maxLength: 20 }),
          nfcAdapterSupportsExtendedLength: fc.boolean(),
          enableDiagnostics: fc.boolean(),
        },
        {
          requiredKeys: [
            "type",
            "validationId",
            "clientId",
            "platform",
            "nfcAdapterSupportsExtendedLength",
          ],
        },
      ),
    ),
    withUnknown(
      fc.record({
        type: fc.constant("CA_HANDOVER" as const),
        maxTransceiveLengthForSecureMessaging: fc.integer({ min: 1 }),
        maxBlockSize: fc.integer({ min: 1 }),
        secureMessagingInfo: anySecureMessagingInfo(),
      }),
    ),
    fc.record(
      {
        type: fc.constant("FINISH" as const),
        sendResult: fc.boolean(),
        activeAuthenticationSignature: maybe(someBytes()),
      },
      { requiredKeys: ["type", "sendResult"] },
    ),
    fc.record({ type: fc.constant("MONITORING" as const), message: fc.string() }),
    anyFile(),
    anyApdu(),
  );

/** Any message of a server of version 2. */
export const anyServerMessage = (): fc.Arbitrary<ServerMessage> =>
  fc.oneof(
    fc.record({ type: fc.constant("ACCEPT" as const), activeAuthenticationChallenge: bytes(8) }),
    withUnknown(
      fc.record({
        type: fc.constant("CA_HANDBACK" as const),
        checkResult: fc.constantFrom(...CHECK_RESULTS),
        secureMessagingInfo: anySecureMessagingInfo(),
      }),
    ),
    fc.record({ type: fc.constant("RESULT" as const), passport: anyEmrtdPassport() }),
    fc.record({
      type: fc.constant("CLOSE" as const),
      code: fc.integer({ min: 1000, max: 4999 }),
      reason: fc.string({ maxLength: 40 }),
    }),
    anyFile(),
    anyApdu(),
  );

/** Any first message of version 1, malformed access keys included. */
export const anyV1Start = (): fc.Arbitrary<v1.Start> =>
  withUnknown(
    fc.record(
      {
        client_id: identifier(),
        validation_id: identifier(),
        access_key: fc.record(
          {
            document_number: fc.string({ maxLength: 20 }),
            date_of_birth: fc.string({ maxLength: 8 }),
            date_of_expiry: fc.string({ maxLength: 8 }),
            can: fc.string({ maxLength: 8 }),
          },
          { requiredKeys: [] },
        ),
        nfc_adapter_supports_extended_length: fc.boolean(),
        max_command_bytes: fc.integer({ min: 1 }),
        max_response_bytes: fc.integer({ min: 1 }),
        platform: fc.string({ maxLength: 20 }),
        enable_diagnostics: fc.boolean(),
      },
      {
        requiredKeys: [
          "client_id",
          "validation_id",
          "access_key",
          "nfc_adapter_supports_extended_length",
          "platform",
        ],
      },
    ),
  );

export const anyV1Status = (): fc.Arbitrary<v1.Status> =>
  fc.record({ status: fc.oneof(fc.constantFrom(...STATUSES), fc.string({ maxLength: 30 })) });

export const anyV1Close = (): fc.Arbitrary<v1.Close> =>
  fc.record({ close_code: fc.integer(), close_reason: fc.string({ maxLength: 40 }) });

const text = () => fc.string({ maxLength: 12 });
const texts = () => fc.array(text(), { maxLength: 3 });
const groups = () => fc.array(fc.integer({ min: 1, max: 16 }), { maxLength: 4 });
const check = () => fc.constantFrom(...CHECK_RESULTS);

/** Any result, unknown fields included. */
export const anyEmrtdPassport = (): fc.Arbitrary<EmrtdPassport> =>
  fc.record(
    {
      sodInfo: maybe(
        fc.record({
          hashAlgorithm: text(),
          hashForDataGroup: fc.dictionary(
            fc.integer({ min: 1, max: 16 }).map(String),
            someBytes(32),
          ),
        }),
      ),
      mrzInfo: maybe(
        fc.record({
          documentType: fc.constantFrom("TD1", "TD2", "TD3"),
          documentCode: text(),
          issuingState: text(),
          primaryIdentifier: text(),
          secondaryIdentifier: texts(),
          nationality: text(),
          documentNumber: text(),
          dateOfBirth: text(),
          gender: text(),
          dateOfExpiry: text(),
          optionalData1: text(),
          optionalData2: maybe(text()),
        }),
      ),
      facePhoto: maybe(someBytes()),
      signaturePhotos: fc.array(someBytes(), { maxLength: 2 }),
      additionalPersonalDetails: maybe(
        fc.record({
          fullNameOfHolder: maybe(text()),
          otherNames: texts(),
          personalNumber: maybe(text()),
          fullDateOfBirth: maybe(text()),
          placeOfBirth: maybe(text()),
          permanentAddress: maybe(texts()),
          telephone: maybe(text()),
          profession: maybe(text()),
          title: maybe(text()),
          personalSummary: maybe(text()),
          proofOfCitizenshipImage: maybe(someBytes()),
          otherValidTravelDocumentNumbers: maybe(texts()),
          custodyInformation: maybe(text()),
        }),
      ),
      additionalDocumentDetails: maybe(
        fc.record({
          issuingAuthority: maybe(text()),
          dateOfIssue: maybe(text()),
          namesOfOtherPersons: maybe(text()),
          endorsementsAndObservations: maybe(text()),
          taxOrExitRequirements: maybe(text()),
          imageOfFront: maybe(someBytes()),
          imageOfRear: maybe(someBytes()),
          dateAndTimeOfPersonalization: maybe(text()),
          personalizationSystemSerialNumber: maybe(text()),
        }),
      ),
      passiveAuthentication: fc.boolean(),
      passiveAuthenticationDetails: maybe(
        fc.record({
          sodSignatureValid: fc.boolean(),
          documentCertificateValid: fc.boolean(),
          allHashesValid: fc.boolean(),
          dataGroupsChecked: groups(),
          dataGroupsWithValidHash: groups(),
          error: maybe(text()),
        }),
      ),
      chipAuthenticationResult: check(),
      activeAuthenticationResult: check(),
      errors: texts(),
      filesBinary: fc.dictionary(fc.constantFrom(...FILE_NAMES), someBytes()),
    },
    {
      requiredKeys: [
        "sodInfo",
        "mrzInfo",
        "facePhoto",
        "signaturePhotos",
        "additionalPersonalDetails",
        "additionalDocumentDetails",
        "passiveAuthentication",
        "passiveAuthenticationDetails",
        "chipAuthenticationResult",
        "activeAuthenticationResult",
        "errors",
      ],
    },
  );

export const anyValidationResult = (): fc.Arbitrary<ValidationResult> =>
  fc.record({ emrtd_passport: anyEmrtdPassport(), client_validation_id: maybe(identifier()) });
