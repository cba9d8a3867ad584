import type { Messages } from "./messages.js";

export const EN: Messages = {
  language: "en",
  title: "Front desk",
  skipToContent: "To the visit",
  otherLanguage: "Deutsch",
  stepsTitle: "The visit",
  peopleTitle: "Portraits",
  comparisonTitle: "Page, zone and chip",
  nowTitle: "What to do now",
  steps: {
    document: {
      title: "Passport",
      waits: "Comes first.",
      runs: "Lay the passport on the reader, open at the page with the portrait.",
    },
    chip: {
      title: "Chip",
      waits: "Is read when the passport was.",
      runs: "The chip is being read and proved. Leave the passport where it is.",
    },
    comparison: {
      title: "Comparison",
      waits: "Is made when the chip was read.",
      runs: "Page, zone and chip are being compared.",
    },
    capture: {
      title: "Fingerprint or face",
      waits: "Opens when the document is authentic.",
      runs: "The device captures. Ask the visitor to follow what it says.",
    },
    enrolment: {
      title: "Time clock",
      waits: "Opens when the document is authentic and the capture is over.",
      runs: "The clock is being asked, and told. This takes a few seconds.",
    },
    punch: {
      title: "First punch",
      waits: "Comes after enrolment.",
      runs: "The visitor may punch at the clock now.",
    },
  },
  states: {
    pending: "waits",
    running: "runs",
    done: "done",
    failed: "failed",
    skipped: "left out",
  },
  failures: {
    READER_AWAY: {
      reason: "The reader's service does not answer.",
      remedy:
        "Start the service of the passport reader, then try again. Or type the key of the chip.",
    },
    READER_UNPLUGGED: {
      reason: "The passport reader is not plugged in.",
      remedy: "Plug the reader in, then try again. Or type the key of the chip.",
    },
    PAGE_UNREADABLE: {
      reason: "The reader could not read the page.",
      remedy:
        "Wipe the glass, try again and lay the passport down flat. Or type the key of the chip.",
    },
    MRZ_UNREADABLE: {
      reason: "The machine readable zone could not be read without doubt.",
      remedy: "Try again and lay the passport down anew. Or type the key of the chip.",
    },
    NO_CHIP: {
      reason: "No chip answers.",
      remedy:
        "Move the document on the reader and try again. A document without a chip: leave this step out, and say why.",
    },
    WRONG_KEY: {
      reason: "The chip does not open with this key.",
      remedy: "Type the key as it is printed: number and dates, or the card access number.",
    },
    CHIP_LOST: {
      reason: "The connection to the chip broke.",
      remedy: "Leave the document on the reader until the chip was read, and try again.",
    },
    DOCVAL_AWAY: {
      reason: "The DocVal server does not answer.",
      remedy: "Look at the network, or ask who runs the server. Then try again.",
    },
    DOCVAL_REFUSED: {
      reason: "The DocVal server ended the session.",
      remedy: "Try again. If it happens again, give the code to whoever runs the server.",
    },
    RESULT_MISSING: {
      reason: "No result that the DocVal server signed arrived here.",
      remedy:
        "Its result server has to be this desk, and its key the one that the desk knows. Then try again.",
    },
    NOT_AUTHENTIC: {
      reason: "The document is not authentic.",
      remedy: "Do not enrol. Keep the document in sight and call whoever is responsible.",
    },
    UNDETERMINED: {
      reason: "It could not be proved that the document is authentic.",
      remedy:
        "Look at the document yourself, and read what was not proved. Go on only if you can answer for it.",
    },
    DOCUMENT_DIFFERS: {
      reason: "Page, zone and chip do not say the same.",
      remedy: "Compare the marked fields with the document. Go on only if you can answer for it.",
    },
    DOCUMENT_EXPIRED: {
      reason: "The document has expired.",
      remedy: "Ask for a valid document. Go on only if you can answer for it.",
    },
    MDS_AWAY: {
      reason: "No biometric device answers.",
      remedy:
        "Plug the device in, start its service, and try again. Or leave this step out, and say why.",
    },
    MDS_BUSY: {
      reason: "Another program has the device.",
      remedy: "Close the other program and try again.",
    },
    CAPTURE_TIMED_OUT: {
      reason: "The device did not finish in time.",
      remedy: "Ask the visitor to stay in place, and try again.",
    },
    LOW_QUALITY: {
      reason: "The capture is not good enough.",
      remedy:
        "Wipe the sensor, dry the finger or turn to the light, and try again. Or leave this step out, and say why.",
    },
    CAPTURE_REFUSED: {
      reason: "The device refused to capture.",
      remedy: "Try again. If it happens again, give the code to whoever runs the device.",
    },
    CAPTURE_NOT_AUTHENTIC: {
      reason: "What the device sent is not authentic.",
      remedy:
        "Do not use this device. Have it looked at. You may leave this step out, and say why.",
    },
    CAPTURE_UNDETERMINED: {
      reason: "It could not be proved that the capture is the device's own.",
      remedy:
        "Have the certificates of the device looked at. You may leave this step out, and say why.",
    },
    CLOCK_AWAY: {
      reason: "The server of the time clocks does not answer.",
      remedy:
        "Look at the network, or ask who runs the server. Then try again. Nobody was enrolled.",
    },
    CLOCK_OFFLINE: {
      reason: "The time clock is offline.",
      remedy: "Look at its power and its cable, then try again. Nobody was enrolled.",
    },
    CLOCK_SILENT: {
      reason: "The time clock was told, and did not say that it understood.",
      remedy:
        "Look at the clock whether it knows the visitor. The command is void by now; you may try again.",
    },
    CLOCK_REFUSED: {
      reason: "The time clock refused.",
      remedy: "Its memory may be full. Look at the clock, then try again.",
    },
    PUNCH_UNHEARD: {
      reason: "Punches cannot be followed.",
      remedy: "Try again, or look at the server of the time clocks.",
    },
  },
  refusals: {
    NOT_NOW: "That cannot be done at this point of the visit.",
    LOCKED: "Locked: the document was not found authentic, and nobody answered for going on.",
    NOBODY: "Neither page nor chip said who the visitor is.",
    REASON_NEEDED: "Please give a reason, in at least three letters.",
    FORM: "The page was too old. Please try again.",
    KEY: "Please fill in number and both dates, or the card access number.",
  },
  notices: {
    IDLE: "Nobody did anything for a while: the last visit was forgotten.",
    CANCELLED: "The visit was cancelled, and everything of it forgotten.",
    ENROLMENT_UNCERTAIN:
      "The last visit ended while the clock was being told. Look at the clock whether it knows the visitor.",
  },
  skipReasons: {
    KEY_TYPED: "the key was typed instead",
    REMOVED: "the visitor was removed from the clock",
  },
  next: {
    startCapture:
      "The document is authentic. Compare the portraits with the visitor, then start the capture.",
    startUnproved:
      "You go on without proof. Compare the portraits with the visitor, then start the capture.",
    startEnrolment: "Enrol the visitor on the time clock.",
    nobody: "Neither page nor chip said who the visitor is: nobody can be enrolled. End the visit.",
    locked: "Enrolment is locked. Say why you go on, or end the visit.",
    done: "The visit is complete. Hand over the receipt, then call the next visitor.",
    removing: "The visitor is being removed from the clock.",
  },
  actions: {
    startCapture: "Start the capture",
    startEnrolment: "Enrol on the time clock",
    retry: "Try again",
    skip: "Leave out",
    skipReason: "Why it is left out",
    override: "Go on nevertheless",
    overrideReason: "Why you go on",
    overrideMeans: "Your reason is shown here and on the receipt.",
    typeKey: "Type the key of the chip",
    openWithKey: "Open with number and dates",
    openWithCan: "Open with the access number",
    documentNumber: "Document number",
    dateOfBirth: "Date of birth",
    dateOfExpiry: "Date of expiry",
    dateHint: "YYMMDD",
    can: "Card access number",
    cancel: "Cancel the visit",
    nextVisitor: "Next visitor",
    remove: "Remove from the clock",
    receipt: "Receipt",
    print: "Print",
    back: "Back to the desk",
    stay: "I am still here",
  },
  verdicts: {
    authentic: "authentic",
    "not-authentic": "not authentic",
    undetermined: "not proved",
  },
  checks: {
    "sod-signature": "data signed",
    "document-signer-chain": "signer trusted",
    "certificate-validity": "certificate in date",
    "data-group-hashes": "data unchanged",
    "chip-authentication": "chip holds the signed key",
    "active-authentication": "chip holds the signed key",
    signature: "signed by the device",
    "certificate-chain": "device certified",
    "digital-id": "identity of the device",
    "hash-chain": "nothing left out",
    "time-window": "captured just now",
    quality: "good enough",
    count: "as many as asked",
  },
  fields: {
    documentNumber: "Number",
    surname: "Surname",
    givenNames: "Given names",
    nationality: "Nationality",
    issuer: "Issued by",
    sex: "Sex",
    dateOfBirth: "Born",
    dateOfExpiry: "Expires",
  },
  columns: { field: "Field", printed: "Printed", zone: "Zone", chip: "Chip", agree: "Agree" },
  agrees: "yes",
  differs: "no",
  portraits: {
    page: "On the page",
    chip: "In the chip",
    capture: "Captured",
    none: "no picture yet",
  },
  modalities: { finger: "fingerprint", face: "face", iris: "iris" },
  notMatched: "captured, not matched: no program compared the pictures",
  proved: "Proved",
  chipUnproved: "The data is proved; the document promises no proof that its chip is the original.",
  signedBy: "signed by",
  closerLook: "For a closer look",
  optical: "The reader's optical checks doubt",
  skipped: "Left out",
  overridden: "Gone on nevertheless",
  quality: "quality",
  device: "device",
  pin: "PIN",
  terminal: "clock",
  returning: "A returning visitor: the PIN is the one of earlier visits.",
  removed: "Removed from the clock.",
  remains: "Punches that were made stay in the log of the clock and on its server.",
  removalFailed: "The clock did not confirm the removal. Try again.",
  removing: "The clock is being told to forget the visitor.",
  punchAt: "Punch at",
  forgets: "This visit will be forgotten shortly.",
  visitor: "Visitor",
  receiptTitle: "Receipt",
  receiptEmpty: "There is no visit to give a receipt for.",
  receiptAt: "Printed at",
  receiptData: "The desk forgets all of this when the visit ends.",
  connectionLost: "The connection to the desk is lost. What you see may be old.",
  withoutScript: {
    text: "Without scripts this page does not change by itself.",
    reload: "Show what is new",
  },
  simulator: {
    title: "Simulated devices",
    visitor: "Who comes",
    expires: "expires",
    chip: "Chip",
    noChip: "no chip",
    page: "Page",
    pageRight: "as it should be",
    pageFaults: { "wrong-mrz": "a digit misread", unreadable: "cannot be read" },
    lay: "Lay on the reader",
    takeAway: "Take away",
    punch: "Punch at the clock",
    faults: {
      "reader-unplugged": "Reader unplugged",
      "clock-offline": "Clock offline",
      "low-quality": "Bad captures",
    },
    on: "on",
    off: "off",
  },
};
