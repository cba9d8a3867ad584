import type { CurveName } from "../curves.js";
import type { HashName } from "../provider.js";

/** A key pair of a standard, with deterministic signatures made by it where there are any. */
export interface KeyVector {
  readonly source: string;
  readonly curve: CurveName;
  readonly privateKey: string;
  /** x || y. */
  readonly publicKey: string;
  readonly signatures: readonly {
    readonly hash: HashName;
    readonly message: string;
    /** r || s. */
    readonly signature: string;
  }[];
}

export const KEY_VECTORS: readonly KeyVector[] = [
  {
    source: "RFC 6979, A.2.3",
    curve: "P-192",
    privateKey: "6fab034934e4c0fc9ae67f5b5659a9d7d1fefd187ee09fd4",
    publicKey:
      "ac2c77f529f91689fea0ea5efec7f210d8eea0b9e047ed563bc723e57670bd4887ebc732c523063d0a7c957bc97c1c43",
    signatures: [
      {
        hash: "SHA-256",
        message: "sample",
        signature:
          "4b0b8ce98a92866a2820e20aa6b75b56382e0f9bfd5ecb55ccdb006926ea9565cbadc840829d8c384e06de1f1e381b85",
      },
      {
        hash: "SHA-256",
        message: "test",
        signature:
          "3a718bd8b4926c3b52ee6bbe67ef79b18cb6eb62b1ad97ae5662e6848a4a19b1f1ae2f72acd4b8bbe50f1eac65d9124f",
      },
    ],
  },
  {
    source: "RFC 6979, A.2.4",
    curve: "P-224",
    privateKey: "f220266e1105bfe3083e03ec7a3a654651f45e37167e88600bf257c1",
    publicKey:
      "00cf08da5ad719e42707fa431292dea11244d64fc51610d94b130d6ceeab6f3debe455e3dbf85416f7030cbd94f34f2d6f232c69f3c1385a",
    signatures: [
      {
        hash: "SHA-224",
        message: "sample",
        signature:
          "1cdfe6662dde1e4a1ec4cdedf6a1f5a2fb7fbd9145c12113e6abfd3ea6694fd7718a21053f225d3f46197ca699d45006c06f871808f43ebc",
      },
      {
        hash: "SHA-224",
        message: "test",
        signature:
          "c441ce8e261ded634e4cf84910e4c5d1d22c5cf3b732bb204dbef019902f42847a63bdc5f6046ada114953120f99442d76510150f372a3f4",
      },
    ],
  },
  {
    source: "RFC 6979, A.2.5",
    curve: "P-256",
    privateKey: "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
    publicKey:
      "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
    signatures: [
      {
        hash: "SHA-256",
        message: "sample",
        signature:
          "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
      },
      {
        hash: "SHA-256",
        message: "test",
        signature:
          "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
      },
      {
        hash: "SHA-1",
        message: "sample",
        signature:
          "61340c88c3aaebeb4f6d667f672ca9759a6ccaa9fa8811313039ee4a35471d326d7f147dac089441bb2e2fe8f7a3fa264b9c475098fdcf6e00d7c996e1b8b7eb",
      },
      {
        hash: "SHA-512",
        message: "sample",
        signature:
          "8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f002362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe",
      },
    ],
  },
  {
    source: "RFC 6979, A.2.6",
    curve: "P-384",
    privateKey:
      "6b9d3dad2e1b8c1c05b19875b6659f4de23c3b667bf297ba9aa47740787137d896d5724e4c70a825f872c9ea60d2edf5",
    publicKey:
      "ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc138015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720",
    signatures: [
      {
        hash: "SHA-384",
        message: "sample",
        signature:
          "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe4699ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8",
      },
      {
        hash: "SHA-384",
        message: "test",
        signature:
          "8203b63d3c853e8d77227fb377bcf7b7b772e97892a80f36ab775d509d7a5feb0542a7f0812998da8f1dd3ca3cf023dbddd0760448d42d8a43af45af836fce4de8be06b485e9b61b827c2f13173923e06a739f040649a667bf3b828246baa5a5",
      },
    ],
  },
  {
    source: "RFC 6979, A.2.7",
    curve: "P-521",
    privateKey:
      "00fad06daa62ba3b25d2fb40133da757205de67f5bb0018fee8c86e1b68c7e75caa896eb32f1f47c70855836a6d16fcc1466f6d8fbec67db89ec0c08b0e996b83538",
    publicKey:
      "01894550d0785932e00eaa23b694f213f8c3121f86dc97a04e5a7167db4e5bcd371123d46e45db6b5d5370a7f20fb633155d38ffa16d2bd761dcac474b9a2f5023a400493101c962cd4d2fddf782285e64584139c2f91b47f87ff82354d6630f746a28a0db25741b5b34a828008b22acc23f924faafbd4d33f81ea66956dfeaa2bfdfcf5",
    signatures: [
      {
        hash: "SHA-512",
        message: "sample",
        signature:
          "00c328fafcbd79dd77850370c46325d987cb525569fb63c5d3bc53950e6d4c5f174e25a1ee9017b5d450606add152b534931d7d4e8455cc91f9b15bf05ec36e377fa00617cce7cf5064806c467f678d3b4080d6f1cc50af26ca209417308281b68af282623eaa63e5b5c0723d8b8c37ff0777b1a20f8ccb1dccc43997f1ee0e44da4a67a",
      },
      {
        hash: "SHA-512",
        message: "test",
        signature:
          "013e99020abf5cee7525d16b69b229652ab6bdf2affcaef38773b4b7d08725f10cdb93482fdcc54edcee91eca4166b2a7c6265ef0ce2bd7051b7cef945babd47ee6d01fbd0013c674aa79cb39849527916ce301c66ea7ce8b80682786ad60f98f7e78a19ca69eff5c57400e3b3a0ad66ce0978214d13baf4e9ac60752f7b155e2de4dce3",
      },
    ],
  },
  {
    source: "RFC 7027, A.1",
    curve: "brainpoolP256r1",
    privateKey: "81db1ee100150ff2ea338d708271be38300cb54241d79950f77b063039804f1d",
    publicKey:
      "44106e913f92bc02a1705d9953a8414db95e1aaa49e81d9e85f929a8e3100be58ab4846f11caccb73ce49cbdd120f5a900a69fd32c272223f789ef10eb089bdc",
    signatures: [],
  },
  {
    source: "RFC 7027, A.2",
    curve: "brainpoolP384r1",
    privateKey:
      "1e20f5e048a5886f1f157c74e91bde2b98c8b52d58e5003d57053fc4b0bd65d6f15eb5d1ee1610df870795143627d042",
    publicKey:
      "68b665dd91c195800650cdd363c625f4e742e8134667b767b1b476793588f885ab698c852d4a6e77a252d6380fcaf06855bc91a39c9ec01dee36017b7d673a931236d2f1f5c83942d049e3fa20607493e0d038ff2fd30c2ab67d15c85f7faa59",
    signatures: [],
  },
  {
    source: "RFC 7027, A.3",
    curve: "brainpoolP512r1",
    privateKey:
      "16302ff0dbbb5a8d733dab7141c1b45acbc8715939677f6a56850a38bd87bd59b09e80279609ff333eb9d4c061231fb26f92eeb04982a5f1d1764cad57665422",
    publicKey:
      "0a420517e406aac0acdce90fcd71487718d3b953efd7fbec5f7f27e28c6149999397e91e029e06457db2d3e640668b392c2a7e737a7f0bf04436d11640fd09fd72e6882e8db28aad36237cd25d580db23783961c8dc52dfa2ec138ad472a0fcef3887cf62b623b2a87de5c588301ea3e5fc269b373b60724f5e82a6ad147fde7",
    signatures: [],
  },
  {
    source: "BSI TR-03105-5, reference data set, key of DG14",
    curve: "brainpoolP224r1",
    privateKey: "ad1b6f5bf65b63f53e6ee2e45c1f09243d9aa2ab0c9a78c8c4d25647",
    publicKey:
      "a847f020f71df33d386be7c9223a354d6ac7727018b26e281c6ffb96a83b142aaf303c23f2bcf2cde4706c14e45914a9be42c15bcb67a01f",
    signatures: [],
  },
  {
    source: "BSI, EAC 1.0 test certificates, key of ZZSTCVCA00001",
    curve: "P-192",
    privateKey: "bc5a6d768a1ee67e8dfd6dd6c2b8ad51f5a2f3fe066ec4b3",
    publicKey:
      "acda71e9a522ff58f8522bb111ff0a0b9ee57b08772f82984b9d0931c32744deaa925d432b8549b042cb4c370648c2ab",
    signatures: [],
  },
];

/** Shared secrets: the x coordinate of one private key times the other's public key. */
export const SECRET_VECTORS: readonly {
  readonly source: string;
  readonly curve: CurveName;
  readonly privateKeys: readonly [string, string];
  readonly secret: string;
}[] = [
  {
    source: "RFC 7027, A.1",
    curve: "brainpoolP256r1",
    privateKeys: [
      "81db1ee100150ff2ea338d708271be38300cb54241d79950f77b063039804f1d",
      "55e40bc41e37e3e2ad25c3c6654511ffa8474a91a0032087593852d3e7d76bd3",
    ],
    secret: "89afc39d41d3b327814b80940b042590f96556ec91e6ae7939bce31f3a18bf2b",
  },
  {
    source: "RFC 7027, A.2",
    curve: "brainpoolP384r1",
    privateKeys: [
      "1e20f5e048a5886f1f157c74e91bde2b98c8b52d58e5003d57053fc4b0bd65d6f15eb5d1ee1610df870795143627d042",
      "032640bc6003c59260f7250c3db58ce647f98e1260acce4acda3dd869f74e01f8ba5e0324309db6a9831497abac96670",
    ],
    secret:
      "0bd9d3a7ea0b3d519d09d8e48d0785fb744a6b355e6304bc51c229fbbce239bbadf6403715c35d4fb2a5444f575d4f42",
  },
  {
    source: "RFC 7027, A.3",
    curve: "brainpoolP512r1",
    privateKeys: [
      "16302ff0dbbb5a8d733dab7141c1b45acbc8715939677f6a56850a38bd87bd59b09e80279609ff333eb9d4c061231fb26f92eeb04982a5f1d1764cad57665422",
      "230e18e1bcc88a362fa54e4ea3902009292f7f8033624fd471b5d8ace49d12cfabbc19963dab8e2f1eba00bffb29e4d72d13f2224562f405cb80503666b25429",
    ],
    secret:
      "a7927098655f1f9976fa50a9d566865dc530331846381c87256baf3226244b76d36403c024d7bbf0aa0803eaff405d3d24f11a9b5c0bef679fe1454b21c4cd1f",
  },
];

/** Doc 9303-11, appendix G.1: generic mapping on brainpoolP256r1. */
export const MAPPING_VECTOR = {
  curve: "brainpoolP256r1",
  nonce: "3f00c4d39d153f2b2a214a078d899b22",
  terminalPrivate: "7f4ef07b9ea82fd78ad689b38d0bc78cf21f249d953bc46f4c6e19259c010f99",
  terminalPublic:
    "047acf3efc982ec45565a4b155129efbc74650dcbfa6362d896fc70262e0c2cc5e544552dcb6725218799115b55c9baa6d9f6bc3a9618e70c25af71777a9c4922d",
  chipPrivate: "498ff49756f2dc1587840041839a85982be7761d14715fb091efa7bce9058560",
  chipPublic:
    "04824fba91c9cbe26bef53a0ebe7342a3bf178cea9f45de0b70aa601651fba3f5730d8c879aaa9c9f73991e61b58f4d52eb87a0a0c709a49dc63719363ccd13c54",
  sharedPoint:
    "0460332ef2450b5d247ef6d3868397d398852ed6e8caf6ffeef6bf85ca57057fd50840ca7415baf3e43bd414d35aa4608b93a2caf3a4e3ea4e82c9c13d03eb7181",
  mappedGenerator:
    "048ced63c91426d4f0eb1435e7cb1d74a46723a0af21c89634f65a9ae87a9265e28c879506743f8611ac33645c5b985c80b5f09a0b83407c1b6a4d857ae76fe522",
  agreementPrivate: "a73fb703ac1436a18e0cfa5abb3f7bec7a070e7a6788486bee230c4a22762595",
  agreementPublic:
    "042db7a64c0355044ec9df190514c625cba2cea48754887122f3a5ef0d5edd301c3556f3b3b186df10b857b58f6a7eb80f20ba5dc7be1d43d9bf850149fbb36462",
  chipAgreementPublic:
    "049e880f842905b8b3181f7af7caa9f0efb743847f44a306d2d28c1d9ec65df6db7764b22277a2eddc3c265a9f018f9cb852e111b768b326904b59a0193776f094",
  secret: "28768d20701247dae81804c9e780ede582a9996db4a315020b2733197db84925",
} as const;
