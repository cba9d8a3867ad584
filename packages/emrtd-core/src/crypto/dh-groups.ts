import { fromHex } from "../bytes.js";
import { derOid, derSequence, derUnsigned, readUnsignedBytes, TAG } from "../der.js";
import { EmrtdError } from "../errors.js";
import type { Oid } from "../oid.js";
import type { Tlv } from "../tlv.js";

/** A group for Diffie-Hellman over the integers modulo a prime; unsigned, without leading zeros. */
export interface DhGroup {
  readonly prime: Uint8Array;
  readonly generator: Uint8Array;
  /** Order of the generator, where it is stated. */
  readonly subgroupOrder?: Uint8Array;
}

/** A group as RFC 5114 has it, its subgroup always known. */
export type StandardizedDhGroup = Required<DhGroup>;

type Row = readonly [prime: string, generator: string, subgroupOrder: string];

/** RFC 5114, 2.1 to 2.3: 1024 bits with a subgroup of 160, 2048 with 224, 2048 with 256. */
const ROWS: readonly Row[] = [
  [
    `
      b10b8f96a080e01dde92de5eae5d54ec52c99fbcfb06a3c69a6a9dca52d23b616073e28675a23d189838ef1e
      2ee652c013ecb4aea906112324975c3cd49b83bfaccbdd7d90c4bd7098488e9c219a73724effd6fae5644738
      faa31a4ff55bccc0a151af5f0dc8b4bd45bf37df365c1a65e68cfda76d4da708df1fb2bc2e4a4371
    `,
    `
      a4d1cbd5c3fd34126765a442efb99905f8104dd258ac507fd6406cff14266d31266fea1e5c41564b777e690f
      5504f213160217b4b01b886a5e91547f9e2749f4d7fbd7d3b9a92ee1909d0d2263f80a76a6a24c087a091f53
      1dbf0a0169b6a28ad662a4d18e73afa32d779d5918d08bc8858f4dcef97c2a24855e6eeb22b3b2e5
    `,
    "f518aa8781a8df278aba4e7d64b7cb9d49462353",
  ],
  [
    `
      ad107e1e9123a9d0d660faa79559c51fa20d64e5683b9fd1b54b1597b61d0a75e6fa141df95a56dbaf9a3c40
      7ba1df15eb3d688a309c180e1de6b85a1274a0a66d3f8152ad6ac2129037c9edefda4df8d91e8fef55b7394b
      7ad5b7d0b6c12207c9f98d11ed34dbf6c6ba0b2c8bbc27be6a00e0a0b9c49708b3bf8a317091883681286130
      bc8985db1602e714415d9330278273c7de31efdc7310f7121fd5a07415987d9adc0a486dcdf93acc44328387
      315d75e198c641a480cd86a1b9e587e8be60e69cc928b2b9c52172e413042e9b23f10b0e16e79763c9b53dcf
      4ba80a29e3fb73c16b8e75b97ef363e2ffa31f71cf9de5384e71b81c0ac4dffe0c10e64f
    `,
    `
      ac4032ef4f2d9ae39df30b5c8ffdac506cdebe7b89998caf74866a08cfe4ffe3a6824a4e10b9a6f0dd921f01
      a70c4afaab739d7700c29f52c57db17c620a8652be5e9001a8d66ad7c17669101999024af4d027275ac1348b
      b8a762d0521bc98ae247150422ea1ed409939d54da7460cdb5f6c6b250717cbef180eb34118e98d119529a45
      d6f834566e3025e316a330efbb77a86f0c1ab15b051ae3d428c8f8acb70a8137150b8eeb10e183edd19963dd
      d9e263e4770589ef6aa21e7f5f2ff381b539cce3409d13cd566afbb48d6c019181e1bcfe94b30269edfe72fe
      9b6aa4bd7b5a0f1c71cfff4c19c418e1f6ec017981bc087f2a7065b384b890d3191f2bfa
    `,
    "801c0d34c58d93fe997177101f80535a4738cebcbf389a99b36371eb",
  ],
  [
    `
      87a8e61db4b6663cffbbd19c651959998ceef608660dd0f25d2ceed4435e3b00e00df8f1d61957d4faf7df45
      61b2aa3016c3d91134096faa3bf4296d830e9a7c209e0c6497517abd5a8a9d306bcf67ed91f9e6725b4758c0
      22e0b1ef4275bf7b6c5bfc11d45f9088b941f54eb1e59bb8bc39a0bf12307f5c4fdb70c581b23f76b63acae1
      caa6b7902d52526735488a0ef13c6d9a51bfa4ab3ad8347796524d8ef6a167b5a41825d967e144e514056425
      1ccacb83e6b486f6b3ca3f7971506026c0b857f689962856ded4010abd0be621c3a3960a54e710c375f26375
      d7014103a4b54330c198af126116d2276e11715f693877fad7ef09cadb094ae91e1a1597
    `,
    `
      3fb32c9b73134d0b2e77506660edbd484ca7b18f21ef205407f4793a1a0ba12510dbc15077be463fff4fed4a
      ac0bb555be3a6c1b0c6b47b1bc3773bf7e8c6f62901228f8c28cbb18a55ae31341000a650196f931c77a57f2
      ddf463e5e9ec144b777de62aaab8a8628ac376d282d6ed3864e67982428ebc831d14348f6f2f9193b5045af2
      767164e1dfc967c1fb3f2e55a4bd1bffe83b9c80d052b985d182ea0adb2a3b7313d3fe14c8484b1e052588b9
      b7d2bbd2df016199ecd06e1557cd0915b3353bbb64e0ec377fd028370df92b52c7891428cdc67eb6184b523d
      1db246c32f63078490f00ef8d647d148d47954515e2327cfef98c582664b4c0f6cc41659
    `,
    "8cf83642a709a097b447997640129da299b1a47d1eb3750ba308b0fe64f5fbd3",
  ],
];

const groups = /* @__PURE__ */ new Map<Row, StandardizedDhGroup>();

/** The group of RFC 5114 with this place in Doc 9303-11, table 12: 0, 1 or 2. */
export const rfc5114Group = (id: number): StandardizedDhGroup | undefined => {
  const row = ROWS[id];
  if (row === undefined) return undefined;
  const known = groups.get(row);
  if (known !== undefined) return known;
  const [prime, generator, subgroupOrder] = row;
  const group = {
    prime: fromHex(prime),
    generator: fromHex(generator),
    subgroupOrder: fromHex(subgroupOrder),
  };
  groups.set(row, group);
  return group;
};

/** `dhKeyAgreement` of PKCS#3 and `dhpublicnumber` of X9.42 (RFC 3279, 2.3.3). */
export const DH_KEY_AGREEMENT: Oid = "1.2.840.113549.1.3.1";
export const DH_PUBLIC_NUMBER: Oid = "1.2.840.10046.2.1";

/**
 * ```asn1
 * DHParameter ::= SEQUENCE { prime INTEGER, base INTEGER, privateValueLength INTEGER OPTIONAL }
 * DomainParameters ::= SEQUENCE { p INTEGER, g INTEGER, q INTEGER, j INTEGER OPTIONAL,
 *   validationParms SEQUENCE { seed BIT STRING, pgenCounter INTEGER } OPTIONAL }
 * ```
 */
export const decodeDhGroup = (algorithm: Oid, element: Tlv, path: string): DhGroup => {
  const fields = element.expect(TAG.sequence, path).children();
  const [prime, generator, third, ...more] = fields;
  const withSubgroup = algorithm === DH_PUBLIC_NUMBER;
  const atMost = withSubgroup ? 2 : 0;
  if (!prime || !generator || (withSubgroup && !third) || more.length > atMost) {
    throw new EmrtdError("PUBLIC_KEY_INVALID", `expected a prime and a generator, for ${path}`, {
      path,
    });
  }
  const group = {
    prime: readUnsignedBytes(prime, `${path}.prime`),
    generator: readUnsignedBytes(generator, `${path}.generator`),
  };
  return withSubgroup ? { ...group, subgroupOrder: readUnsignedBytes(third!, `${path}.q`) } : group;
};

/** The algorithm of a key in this group: X9.42 where the subgroup is known, else PKCS#3. */
export const encodeDhAlgorithm = (group: DhGroup): Uint8Array<ArrayBuffer> => {
  const { prime, generator, subgroupOrder } = group;
  const parameters = [prime, generator, ...(subgroupOrder === undefined ? [] : [subgroupOrder])];
  return derSequence(
    derOid(subgroupOrder === undefined ? DH_KEY_AGREEMENT : DH_PUBLIC_NUMBER),
    derSequence(...parameters.map(derUnsigned)),
  );
};
