import {
  type ChipFiles,
  type DataGroupNumber,
  dataGroupName,
  decodeSod,
  encodeDg1,
  encodeDg2,
  encodeDg11,
  encodeFaceRecord,
  type FileName,
} from "@org/emrtd-core";
import { nodeCrypto } from "@org/emrtd-core/node";
import {
  type ChipPersonalisation,
  derivedRandom,
  issueSecurityObject,
  PROFILES,
  type Profile,
  type ProfileName,
  personalise,
  simulatorSigner,
} from "@org/emrtd-core/testing";
import { zoneOf } from "./document.js";
import { drawFace, FACE_SIZE, type FaceShape } from "./face.js";
import { type SimulatedVisitor, VISITOR_CAN, VISITORS } from "./visitors.js";

/** Encodes a picture as JPEG 2000, such as `Jpeg2000Codec` of `@org/mosip-mds-types/images`. */
export interface PictureEncoder {
  encode(image: {
    readonly width: number;
    readonly height: number;
    readonly components: 1 | 3;
    readonly pixels: Uint8Array;
  }): Uint8Array;
}

export const sizeOf = (name: ProfileName): "TD3" | "TD1" =>
  (PROFILES[name] as Profile).size ?? "TD3";

/**
 * The chip of a profile made out to a visitor: his zone, his face as JPEG 2000, and an EF.SOD over both by
 * the profile's own signer. What the profile falsifies is falsified after signing.
 */
export const chipOf = (
  visitor: SimulatedVisitor,
  name: ProfileName,
  encoder: PictureEncoder,
): ChipPersonalisation => {
  const profile: Profile = PROFILES[name];
  const made = personalise(name, { crypto: nodeCrypto });
  const groups = {
    ...made.files,
    ...(profile.replaced ? { DG2: faceGroup(visitor.face, encoder) } : {}),
    DG1: encodeDg1({ mrz: { lines: [...zoneOf(visitor, sizeOf(name))] } }),
    DG2: faceGroup(visitor.face, encoder),
    DG11: encodeDg11({
      fullName: `${visitor.surname}<<${visitor.givenNames.replace(/ /g, "<")}`,
      placeOfBirth: "ZENITH<UTOPIA",
    }),
  };
  const key = {
    documentNumber: visitor.documentNumber,
    dateOfBirth: visitor.dateOfBirth,
    dateOfExpiry: visitor.dateOfExpiry,
  };
  return {
    ...made,
    files: {
      ...groups,
      SOD: signed(groups, made.files.SOD!, profile),
      ...(profile.replaced ? { DG2: faceGroup(somebodyElse(visitor).face, encoder) } : {}),
    },
    access: { bac: key, ...(made.access.pace ? { pace: [key, { can: VISITOR_CAN }] } : {}) },
  };
};

const somebodyElse = ({ id }: SimulatedVisitor): SimulatedVisitor =>
  VISITORS.find((other) => other.id !== id)!;

/** EF.SOD over these groups, with the hash and the signer of the profile's own. */
const signed = (files: ChipFiles, model: Uint8Array, profile: Profile): Uint8Array => {
  const { hashAlgorithm } = decodeSod(model);
  const hashes = (
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as DataGroupNumber[]
  ).flatMap((number): [DataGroupNumber, Uint8Array][] => {
    const file = files[dataGroupName(number) as FileName];
    return file ? [[number, nodeCrypto.hash(profile.digest, file)]] : [];
  });
  return issueSecurityObject(
    { version: 0, hashAlgorithm, dataGroupHashes: new Map(hashes) },
    [simulatorSigner(profile.signer, nodeCrypto)],
    { crypto: nodeCrypto, random: derivedRandom("front desk", nodeCrypto) },
  );
};

const FACE_HEADER = { biometricType: 0x02, formatOwner: 0x0101, formatType: 0x0008, unknown: [] };

/** DG2 with one facial record, its image JPEG 2000 without loss. */
const faceGroup = (shape: FaceShape, encoder: PictureEncoder): Uint8Array => {
  const image = encoder.encode({ ...drawFace(shape), components: 3 });
  const record = encodeFaceRecord({
    images: [
      {
        gender: 0,
        eyeColour: 0,
        hairColour: 0,
        featureMask: 0,
        expression: 0,
        poseAngle: [0, 0, 0],
        poseAngleUncertainty: [0, 0, 0],
        featurePoints: [],
        imageType: 1,
        imageDataType: 1,
        ...FACE_SIZE,
        colourSpace: 1,
        sourceType: 0,
        deviceType: 0,
        quality: 0,
        image,
      },
    ],
  });
  return encodeDg2({
    templates: [{ header: FACE_HEADER, dataTag: 0x5f2e, data: record, unknown: [] }],
  });
};
