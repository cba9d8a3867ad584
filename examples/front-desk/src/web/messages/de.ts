import type { Messages } from "./messages.js";

export const DE: Messages = {
  language: "de",
  title: "Empfang",
  skipToContent: "Zum Besuch",
  otherLanguage: "English",
  stepsTitle: "Der Besuch",
  peopleTitle: "Bilder",
  comparisonTitle: "Seite, Zone und Chip",
  nowTitle: "Was jetzt zu tun ist",
  steps: {
    document: {
      title: "Reisepass",
      waits: "Kommt zuerst.",
      runs: "Den Pass auf den Leser legen, offen bei der Seite mit dem Bild.",
    },
    chip: {
      title: "Chip",
      waits: "Wird nach dem Pass gelesen.",
      runs: "Der Chip wird gelesen und geprüft. Den Pass liegen lassen.",
    },
    comparison: {
      title: "Vergleich",
      waits: "Folgt auf den Chip.",
      runs: "Seite, Zone und Chip werden verglichen.",
    },
    capture: {
      title: "Fingerabdruck oder Gesicht",
      waits: "Öffnet sich, wenn das Dokument echt ist.",
      runs: "Das Gerät nimmt auf. Der Besucher möge tun, was es sagt.",
    },
    enrolment: {
      title: "Stechuhr",
      waits: "Öffnet sich, wenn das Dokument echt und die Aufnahme vorbei ist.",
      runs: "Die Uhr wird gefragt und erhält den Auftrag. Das dauert ein paar Sekunden.",
    },
    punch: {
      title: "Erste Buchung",
      waits: "Folgt auf die Anmeldung.",
      runs: "Der Besucher kann jetzt an der Uhr buchen.",
    },
  },
  states: {
    pending: "wartet",
    running: "läuft",
    done: "erledigt",
    failed: "gescheitert",
    skipped: "ausgelassen",
  },
  failures: {
    READER_AWAY: {
      reason: "Der Dienst des Passlesers antwortet nicht.",
      remedy:
        "Den Dienst des Passlesers starten und es noch einmal versuchen. Oder den Schlüssel des Chips eintippen.",
    },
    READER_UNPLUGGED: {
      reason: "Der Passleser ist nicht angeschlossen.",
      remedy:
        "Den Leser anschließen und es noch einmal versuchen. Oder den Schlüssel des Chips eintippen.",
    },
    PAGE_UNREADABLE: {
      reason: "Der Leser konnte die Seite nicht lesen.",
      remedy:
        "Das Glas abwischen, es noch einmal versuchen und den Pass flach auflegen. Oder den Schlüssel des Chips eintippen.",
    },
    MRZ_UNREADABLE: {
      reason: "Die maschinenlesbare Zone war nicht zweifelsfrei zu lesen.",
      remedy:
        "Es noch einmal versuchen und den Pass neu auflegen. Oder den Schlüssel des Chips eintippen.",
    },
    NO_CHIP: {
      reason: "Kein Chip antwortet.",
      remedy:
        "Das Dokument auf dem Leser verschieben und es noch einmal versuchen. Ein Dokument ohne Chip: den Schritt auslassen und sagen, warum.",
    },
    WRONG_KEY: {
      reason: "Der Chip öffnet sich mit diesem Schlüssel nicht.",
      remedy:
        "Den Schlüssel eintippen, wie er gedruckt ist: Nummer und Daten, oder die Zugangsnummer der Karte.",
    },
    CHIP_LOST: {
      reason: "Die Verbindung zum Chip ist abgerissen.",
      remedy: "Das Dokument liegen lassen, bis der Chip gelesen ist, und es noch einmal versuchen.",
    },
    DOCVAL_AWAY: {
      reason: "Der DocVal-Server antwortet nicht.",
      remedy:
        "Nach dem Netz sehen oder fragen, wer den Server betreibt. Dann noch einmal versuchen.",
    },
    DOCVAL_REFUSED: {
      reason: "Der DocVal-Server hat die Sitzung beendet.",
      remedy:
        "Noch einmal versuchen. Geschieht es wieder, den Code dem Betreiber des Servers nennen.",
    },
    RESULT_MISSING: {
      reason: "Es kam kein Ergebnis an, das der DocVal-Server unterschrieben hat.",
      remedy:
        "Seine Ergebnisse müssen an diesen Empfang gehen, und sein Schlüssel muss hier bekannt sein. Dann noch einmal versuchen.",
    },
    NOT_AUTHENTIC: {
      reason: "Das Dokument ist nicht echt.",
      remedy: "Nicht anmelden. Das Dokument im Auge behalten und die Zuständigen rufen.",
    },
    UNDETERMINED: {
      reason: "Dass das Dokument echt ist, war nicht zu beweisen.",
      remedy:
        "Das Dokument selbst ansehen und lesen, was nicht bewiesen ist. Nur fortfahren, wenn Sie dafür einstehen.",
    },
    DOCUMENT_DIFFERS: {
      reason: "Seite, Zone und Chip sagen nicht dasselbe.",
      remedy:
        "Die markierten Felder mit dem Dokument vergleichen. Nur fortfahren, wenn Sie dafür einstehen.",
    },
    DOCUMENT_EXPIRED: {
      reason: "Das Dokument ist abgelaufen.",
      remedy: "Um ein gültiges Dokument bitten. Nur fortfahren, wenn Sie dafür einstehen.",
    },
    MDS_AWAY: {
      reason: "Kein biometrisches Gerät antwortet.",
      remedy:
        "Das Gerät anschließen, seinen Dienst starten und es noch einmal versuchen. Oder den Schritt auslassen und sagen, warum.",
    },
    MDS_BUSY: {
      reason: "Ein anderes Programm hat das Gerät.",
      remedy: "Das andere Programm schließen und es noch einmal versuchen.",
    },
    CAPTURE_TIMED_OUT: {
      reason: "Das Gerät wurde nicht rechtzeitig fertig.",
      remedy: "Den Besucher bitten, stehen zu bleiben, und es noch einmal versuchen.",
    },
    LOW_QUALITY: {
      reason: "Die Aufnahme ist nicht gut genug.",
      remedy:
        "Den Sensor abwischen, den Finger trocknen oder zum Licht drehen, und es noch einmal versuchen. Oder den Schritt auslassen und sagen, warum.",
    },
    CAPTURE_REFUSED: {
      reason: "Das Gerät hat die Aufnahme abgelehnt.",
      remedy:
        "Noch einmal versuchen. Geschieht es wieder, den Code dem Betreiber des Geräts nennen.",
    },
    CAPTURE_NOT_AUTHENTIC: {
      reason: "Was das Gerät gesendet hat, ist nicht echt.",
      remedy:
        "Dieses Gerät nicht benutzen und prüfen lassen. Der Schritt kann mit einem Grund ausgelassen werden.",
    },
    CAPTURE_UNDETERMINED: {
      reason: "Dass die Aufnahme von diesem Gerät stammt, war nicht zu beweisen.",
      remedy:
        "Die Zertifikate des Geräts prüfen lassen. Der Schritt kann mit einem Grund ausgelassen werden.",
    },
    CLOCK_AWAY: {
      reason: "Der Server der Stechuhren antwortet nicht.",
      remedy:
        "Nach dem Netz sehen oder fragen, wer den Server betreibt. Dann noch einmal versuchen. Niemand wurde angemeldet.",
    },
    CLOCK_OFFLINE: {
      reason: "Die Stechuhr ist nicht erreichbar.",
      remedy: "Nach Strom und Kabel sehen, dann noch einmal versuchen. Niemand wurde angemeldet.",
    },
    CLOCK_SILENT: {
      reason: "Die Stechuhr erhielt den Auftrag und hat ihn nicht bestätigt.",
      remedy:
        "An der Uhr nachsehen, ob sie den Besucher kennt. Der Auftrag gilt nicht mehr; ein neuer Versuch ist möglich.",
    },
    CLOCK_REFUSED: {
      reason: "Die Stechuhr hat abgelehnt.",
      remedy: "Ihr Speicher kann voll sein. Nach der Uhr sehen, dann noch einmal versuchen.",
    },
    PUNCH_UNHEARD: {
      reason: "Buchungen lassen sich nicht verfolgen.",
      remedy: "Noch einmal versuchen oder nach dem Server der Stechuhren sehen.",
    },
  },
  refusals: {
    NOT_NOW: "Das geht an dieser Stelle des Besuchs nicht.",
    LOCKED:
      "Gesperrt: Das Dokument ist nicht als echt erwiesen, und niemand steht für das Fortfahren ein.",
    NOBODY: "Weder Seite noch Chip sagen, wer der Besucher ist.",
    REASON_NEEDED: "Bitte einen Grund angeben, mindestens drei Buchstaben.",
    FORM: "Die Seite war zu alt. Bitte noch einmal.",
    KEY: "Bitte Nummer und beide Daten ausfüllen, oder die Zugangsnummer.",
  },
  notices: {
    IDLE: "Eine Weile geschah nichts: Der letzte Besuch ist vergessen.",
    CANCELLED: "Der Besuch wurde abgebrochen, alles davon ist vergessen.",
    ENROLMENT_UNCERTAIN:
      "Der letzte Besuch endete, während die Uhr den Auftrag bekam. An der Uhr nachsehen, ob sie den Besucher kennt.",
  },
  skipReasons: {
    KEY_TYPED: "der Schlüssel wurde eingetippt",
    REMOVED: "der Besucher wurde von der Uhr entfernt",
  },
  next: {
    startCapture:
      "Das Dokument ist echt. Die Bilder mit dem Besucher vergleichen, dann die Aufnahme beginnen.",
    startUnproved:
      "Sie fahren ohne Beweis fort. Die Bilder mit dem Besucher vergleichen, dann die Aufnahme beginnen.",
    startEnrolment: "Den Besucher an der Stechuhr anmelden.",
    nobody:
      "Weder Seite noch Chip sagen, wer der Besucher ist: Niemand kann angemeldet werden. Den Besuch beenden.",
    locked:
      "Die Anmeldung ist gesperrt. Sagen Sie, warum Sie fortfahren, oder beenden Sie den Besuch.",
    done: "Der Besuch ist abgeschlossen. Den Beleg aushändigen, dann den nächsten Besucher rufen.",
    removing: "Der Besucher wird von der Uhr entfernt.",
  },
  actions: {
    startCapture: "Aufnahme beginnen",
    startEnrolment: "An der Stechuhr anmelden",
    retry: "Noch einmal versuchen",
    skip: "Auslassen",
    skipReason: "Warum ausgelassen wird",
    override: "Trotzdem fortfahren",
    overrideReason: "Warum Sie fortfahren",
    overrideMeans: "Ihr Grund steht hier und auf dem Beleg.",
    typeKey: "Schlüssel des Chips eintippen",
    openWithKey: "Mit Nummer und Daten öffnen",
    openWithCan: "Mit der Zugangsnummer öffnen",
    documentNumber: "Nummer des Dokuments",
    dateOfBirth: "Geburtsdatum",
    dateOfExpiry: "Ablaufdatum",
    dateHint: "JJMMTT",
    can: "Zugangsnummer der Karte (CAN)",
    cancel: "Besuch abbrechen",
    nextVisitor: "Nächster Besucher",
    remove: "Von der Uhr entfernen",
    receipt: "Beleg",
    print: "Drucken",
    back: "Zurück zum Empfang",
    stay: "Ich bin noch da",
  },
  verdicts: { authentic: "echt", "not-authentic": "nicht echt", undetermined: "nicht bewiesen" },
  checks: {
    "sod-signature": "Daten unterschrieben",
    "document-signer-chain": "Unterzeichner vertraut",
    "certificate-validity": "Zertifikat gültig",
    "data-group-hashes": "Daten unverändert",
    "chip-authentication": "Chip hat den unterschriebenen Schlüssel",
    "active-authentication": "Chip hat den unterschriebenen Schlüssel",
    signature: "vom Gerät unterschrieben",
    "certificate-chain": "Gerät zertifiziert",
    "digital-id": "Identität des Geräts",
    "hash-chain": "nichts ausgelassen",
    "time-window": "eben aufgenommen",
    quality: "gut genug",
    count: "so viele wie verlangt",
  },
  fields: {
    documentNumber: "Nummer",
    surname: "Nachname",
    givenNames: "Vornamen",
    nationality: "Staatsangehörigkeit",
    issuer: "Ausgestellt von",
    sex: "Geschlecht",
    dateOfBirth: "Geboren",
    dateOfExpiry: "Gültig bis",
  },
  columns: { field: "Feld", printed: "Gedruckt", zone: "Zone", chip: "Chip", agree: "Gleich" },
  agrees: "ja",
  differs: "nein",
  portraits: {
    page: "Auf der Seite",
    chip: "Im Chip",
    capture: "Aufgenommen",
    none: "noch kein Bild",
  },
  modalities: { finger: "Fingerabdruck", face: "Gesicht", iris: "Iris" },
  notMatched: "aufgenommen, nicht abgeglichen: Kein Programm hat die Bilder verglichen",
  proved: "Bewiesen",
  chipUnproved:
    "Die Daten sind bewiesen; das Dokument verspricht keinen Beweis, dass sein Chip das Original ist.",
  signedBy: "unterschrieben von",
  closerLook: "Für einen genaueren Blick",
  optical: "Die optische Prüfung des Lesers zweifelt an",
  skipped: "Ausgelassen",
  overridden: "Trotzdem fortgefahren",
  quality: "Güte",
  device: "Gerät",
  pin: "PIN",
  terminal: "Uhr",
  returning: "Ein Besucher, der wiederkommt: Die PIN ist die von früher.",
  removed: "Von der Uhr entfernt.",
  remains: "Buchungen, die es gibt, bleiben im Speicher der Uhr und auf ihrem Server.",
  removalFailed: "Die Uhr hat das Entfernen nicht bestätigt. Noch einmal versuchen.",
  removing: "Die Uhr erhält den Auftrag, den Besucher zu vergessen.",
  punchAt: "Buchung um",
  forgets: "Dieser Besuch wird gleich vergessen.",
  visitor: "Besucher",
  receiptTitle: "Beleg",
  receiptEmpty: "Es gibt keinen Besuch, für den ein Beleg auszustellen wäre.",
  receiptAt: "Gedruckt am",
  receiptData: "Der Empfang vergisst all das, wenn der Besuch endet.",
  connectionLost:
    "Die Verbindung zum Empfang ist unterbrochen. Was zu sehen ist, kann veraltet sein.",
  withoutScript: {
    text: "Ohne Skripte ändert sich diese Seite nicht von selbst.",
    reload: "Neues anzeigen",
  },
  simulator: {
    title: "Simulierte Geräte",
    visitor: "Wer kommt",
    expires: "gültig bis",
    chip: "Chip",
    noChip: "kein Chip",
    page: "Seite",
    pageRight: "wie sie sein soll",
    pageFaults: { "wrong-mrz": "eine Ziffer falsch gelesen", unreadable: "nicht lesbar" },
    lay: "Auf den Leser legen",
    takeAway: "Wegnehmen",
    punch: "An der Uhr buchen",
    faults: {
      "reader-unplugged": "Leser abgezogen",
      "clock-offline": "Uhr ohne Netz",
      "low-quality": "Schlechte Aufnahmen",
    },
    on: "an",
    off: "aus",
  },
};
