/** What is used of des.js, which comes without types. Blocks are arrays of byte values. */
declare module "des.js" {
  interface Cipher {
    update(data: Uint8Array): number[];
    final(): number[];
  }
  interface Options {
    readonly type: "encrypt" | "decrypt";
    readonly key: Uint8Array;
    readonly padding: false;
  }
  interface Algorithm {
    create(options: Options): Cipher;
  }
  interface ChainedAlgorithm {
    create(options: Options & { readonly iv: Uint8Array }): Cipher;
  }
  const des: {
    readonly DES: Algorithm;
    readonly EDE: Algorithm;
    readonly CBC: { instantiate(algorithm: Algorithm): ChainedAlgorithm };
  };
  export default des;
}
