/** ISO 3166-1, one country a word: its code of two letters, then its code of three. */
const ISO_3166 = `
  ADAND AEARE AFAFG AGATG AIAIA ALALB AMARM AOAGO AQATA ARARG ASASM ATAUT AUAUS AWABW AXALA AZAZE
  BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR BIBDI BJBEN BLBLM BMBMU BNBRN BOBOL BQBES BRBRA BSBHS
  BTBTN BVBVT BWBWA BYBLR BZBLZ CACAN CCCCK CDCOD CFCAF CGCOG CHCHE CICIV CKCOK CLCHL CMCMR CNCHN
  COCOL CRCRI CUCUB CVCPV CWCUW CXCXR CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST
  EGEGY EHESH ERERI ESESP ETETH FIFIN FJFJI FKFLK FMFSM FOFRO FRFRA GAGAB GBGBR GDGRD GEGEO GFGUF
  GGGGY GHGHA GIGIB GLGRL GMGMB GNGIN GPGLP GQGNQ GRGRC GSSGS GTGTM GUGUM GWGNB GYGUY HKHKG HMHMD
  HNHND HRHRV HTHTI HUHUN IDIDN IEIRL ILISR IMIMN ININD IOIOT IQIRQ IRIRN ISISL ITITA JEJEY JMJAM
  JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR KMCOM KNKNA KPPRK KRKOR KWKWT KYCYM KZKAZ LALAO LBLBN LCLCA
  LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR MCMCO MDMDA MEMNE MFMAF MGMDG MHMHL MKMKD
  MLMLI MMMMR MNMNG MOMAC MPMNP MQMTQ MRMRT MSMSR MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM
  NCNCL NENER NFNFK NGNGA NINIC NLNLD NONOR NPNPL NRNRU NUNIU NZNZL OMOMN PAPAN PEPER PFPYF PGPNG
  PHPHL PKPAK PLPOL PMSPM PNPCN PRPRI PSPSE PTPRT PWPLW PYPRY QAQAT REREU ROROU RSSRB RURUS RWRWA
  SASAU SBSLB SCSYC SDSDN SESWE SGSGP SHSHN SISVN SJSJM SKSVK SLSLE SMSMR SNSEN SOSOM SRSUR SSSSD
  STSTP SVSLV SXSXM SYSYR SZSWZ TCTCA TDTCD TFATF TGTGO THTHA TJTJK TKTKL TLTLS TMTKM TNTUN TOTON
  TRTUR TTTTO TVTUV TWTWN TZTZA UAUKR UGUGA UMUMI USUSA UYURY UZUZB VAVAT VCVCT VEVEN VGVGB VIVIR
  VNVNM VUVUT WFWLF WSWSM YEYEM YTMYT ZAZAF ZMZMB ZWZWE
`;

/**
 * Codes beside or beyond ISO 3166-1 (Doc 9303-3, section 5): three letters as in the machine readable
 * zone, and the two letters that certificates of that authority have for their country.
 */
const ICAO: readonly (readonly [threeLetter: string, ...twoLetter: string[]])[] = [
  ["D", "DE"],
  // Holders and authorities of the United Kingdom.
  ["GBD", "GB"],
  ["GBN", "GB"],
  ["GBO", "GB"],
  ["GBP", "GB"],
  ["GBS", "GB"],
  // Passports of Bermuda are made and signed in the United Kingdom.
  ["BMU", "GB"],
  // Kosovo: the code of Doc 9303-3, and the one that the European Union uses.
  ["RKS", "KS", "XK"],
  ["UNK", "UN"],
  ["EUE", "EU"],
  ["UNO", "UN"],
  ["UNA", "UN"],
  // Passports of Hong Kong and Macao are issued by CHN; their signers use a code of their own or China's.
  ["CHN", "HK", "MO"],
  ["HKG", "CN"],
  ["MAC", "CN"],
  // Withdrawn from ISO 3166-1, still in documents.
  ["ANT", "AN"],
  ["NTZ", "NT"],
  // The standard's own example country.
  ["UTO", "UT"],
];

const TWO_LETTERS: ReadonlyMap<string, ReadonlySet<string>> = /* @__PURE__ */ (() => {
  const codes = new Map<string, Set<string>>();
  const add = (three: string, two: string): void => {
    codes.set(three, (codes.get(three) ?? new Set()).add(two));
  };
  for (const pair of ISO_3166.trim().split(/\s+/)) add(pair.slice(2), pair.slice(0, 2));
  for (const [three, ...twos] of ICAO) for (const two of twos) add(three, two);
  return codes;
})();

/**
 * The two-letter codes that stand for a country code of either length, of either case. A code that no
 * table has, as those of international organizations, stands for itself.
 */
export const countryCodes = (code: string): ReadonlySet<string> => {
  const upper = code.trim().toUpperCase();
  return TWO_LETTERS.get(upper) ?? new Set([upper]);
};

/** Whether two country codes, of two or three letters each, can mean one authority. */
export const sameCountry = (a: string, b: string): boolean => {
  const others = countryCodes(b);
  return [...countryCodes(a)].some((code) => others.has(code));
};
