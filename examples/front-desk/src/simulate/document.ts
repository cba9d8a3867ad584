import { makeMrz } from "@org/emrtd-core";
import type { SimulatedDocument } from "@org/sinosecu-ws-client/testing";
import type { PageFault } from "../faults.js";
import { type ColourImage, drawFace } from "./face.js";
import { drawPage, toJpeg } from "./page-picture.js";
import type { SimulatedVisitor } from "./visitors.js";

/** The zone of a visitor's document. */
export const zoneOf = (visitor: SimulatedVisitor, size: "TD3" | "TD1"): readonly string[] =>
  makeMrz(size, {
    documentCode: size === "TD3" ? "PP" : "I",
    issuer: "UTO",
    surname: visitor.surname,
    givenNames: visitor.givenNames,
    documentNumber: visitor.documentNumber,
    nationality: "UTO",
    dateOfBirth: visitor.dateOfBirth,
    sex: visitor.sex,
    dateOfExpiry: visitor.dateOfExpiry,
  }).split("\n");

/** The document of a visitor as the simulated reader is to read it. */
export const documentOf = (
  visitor: SimulatedVisitor,
  size: "TD3" | "TD1" = "TD3",
  fault?: PageFault,
): SimulatedDocument => {
  if (fault === "unreadable") {
    return { mainId: "0", name: "Unknown", values: {}, images: {}, failure: "No zone was found" };
  }
  // One digit of the number misread, its check digit made to fit: the chip does not open with it.
  const seen =
    fault === "wrong-mrz"
      ? { ...visitor, documentNumber: misread(visitor.documentNumber) }
      : visitor;
  const lines = zoneOf(seen, size);
  const face = drawFace(visitor.face);
  return {
    mainId: size === "TD3" ? "13" : "2",
    name: size === "TD3" ? "Passport" : "Identity card",
    values: {
      documentCode: size === "TD3" ? "PP" : "I",
      documentNumber: seen.documentNumber,
      surname: visitor.surname,
      givenNames: visitor.givenNames,
      sex: visitor.sex,
      dateOfBirth: longDate(visitor.dateOfBirth, "19"),
      dateOfExpiry: longDate(visitor.dateOfExpiry, "20"),
      issuer: "UTO",
      nationality: "UTO",
      ...Object.fromEntries(lines.map((line, index) => [`mrz${index + 1}`, line])),
    },
    // As printed above the zone, whatever was read of the zone.
    extra: { "Passport number": visitor.documentNumber },
    images: picturesOf(face, lines),
  };
};

const misread = (number: string): string =>
  `${number.slice(0, -1)}${number.endsWith("8") ? "3" : "8"}`;

const longDate = (date: string, century: string): string =>
  `${century}${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4)}`;

const picturesOf = (face: ColourImage, lines: readonly string[]) => ({
  White: drawPage(face, lines),
  OcrHead: toJpeg(face),
});
