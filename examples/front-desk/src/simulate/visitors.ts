import type { FaceShape } from "./face.js";

/** Somebody who does not exist, with a passport of a state that does not exist (Doc 9303-3, 5). */
export interface SimulatedVisitor {
  readonly id: string;
  readonly documentNumber: string;
  readonly surname: string;
  readonly givenNames: string;
  readonly sex: "F" | "M";
  /** YYMMDD */
  readonly dateOfBirth: string;
  /** YYMMDD */
  readonly dateOfExpiry: string;
  readonly face: FaceShape;
}

export const VISITORS: readonly SimulatedVisitor[] = [
  {
    id: "anna",
    documentNumber: "L898902C3",
    surname: "ERIKSSON",
    givenNames: "ANNA MARIA",
    sex: "F",
    dateOfBirth: "740812",
    dateOfExpiry: "340415",
    face: {
      skin: [232, 196, 168],
      hair: [94, 58, 30],
      coat: [52, 84, 122],
      long: true,
      wide: 0.94,
    },
  },
  {
    id: "omar",
    documentNumber: "D23145890",
    surname: "NARIMAN",
    givenNames: "OMAR",
    sex: "M",
    dateOfBirth: "810327",
    dateOfExpiry: "310902",
    face: {
      skin: [196, 146, 108],
      hair: [34, 30, 32],
      coat: [96, 104, 72],
      long: false,
      wide: 1.06,
    },
  },
  {
    id: "lucia",
    documentNumber: "X00447716",
    surname: "FERRO",
    givenNames: "LUCIA",
    sex: "F",
    dateOfBirth: "680105",
    dateOfExpiry: "240630",
    face: {
      skin: [222, 180, 150],
      hair: [150, 150, 156],
      coat: [120, 58, 74],
      long: false,
      wide: 1,
    },
  },
];

/** The card access number on every card that is laid down here. */
export const VISITOR_CAN = "123456";
