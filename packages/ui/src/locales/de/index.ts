import type { EndWords, ErrorWords } from "../words.ts";

/** Errors by their name in the catalogue of `@copane/protocol`. */
export const errors: ErrorWords = {
  MALFORMED_JSON: "Die Anfrage ist kein gültiges JSON.",
  INVALID_FIELD: "Eine Angabe fehlt oder wird so nicht angenommen.",
  BODY_TOO_LARGE: "Die Anfrage ist größer, als der Server annimmt.",
  UNSUPPORTED_MEDIA_TYPE: "Die Anfrage muss als application/json gesendet werden.",
  NOT_FOUND: "Unter dieser Adresse gibt es nichts.",
  METHOD_NOT_ALLOWED: "Diese Adresse beantwortet die Methode nicht.",
  UNKNOWN_MESSAGE: "Der Server kennt diese Nachricht nicht.",
  VERSION_MISMATCH: "Diese Seite spricht eine andere Version. Laden Sie sie neu.",
  HELLO_EXPECTED: "Die Verbindung wurde nicht richtig begonnen.",
  FRAME_TOO_LARGE: "Die Nachricht ist größer, als der Server annimmt.",
  TOKEN_MISSING: "Die Anmeldung fehlt.",
  TOKEN_INVALID: "Die Sitzung ist beendet. Beginnen Sie eine neue.",
  AGENT_AUTH_REQUIRED: "Melden Sie sich zuerst als Mitarbeiter an.",
  AGENT_AUTH_INVALID: "Die Anmeldung ist ungültig oder abgelaufen. Melden Sie sich neu an.",
  WRONG_ROLE: "Das steht diesem Teilnehmer nicht zu.",
  ORIGIN_NOT_ALLOWED: "Diese Website steht nicht in der Liste der erlaubten Websites des Servers.",
  ROLE_NOT_ALLOWED: "Ihre Rolle erlaubt das nicht. Fragen Sie die Administration.",
  IDENTITY_INVALID:
    "Der Ausweis des Kunden ist ungültig oder abgelaufen. Der Server der Website muss einen neuen ausstellen.",
  IDENTITY_NOT_SET_UP:
    "Der Server hat keinen Schlüssel für Ausweise von Kunden (COPANE_IDENTITY_SECRET oder COPANE_IDENTITY_JWKS_URL).",
  PASSPHRASE_UNKNOWN:
    "Keine Sitzung wartet mit diesem Schlüssel. Prüfen Sie die acht Ziffern oder erbitten Sie einen neuen.",
  SESSION_CLOSED: "Die Sitzung ist beendet. Beginnen Sie eine neue.",
  ALREADY_JOINED: "Es läuft bereits eine Sitzung.",
  SESSION_FULL: "Die Sitzung hat schon so viele Mitarbeiter, wie sie haben darf.",
  CONTROL_ALREADY_HELD: "Ein Mitarbeiter hat bereits die Steuerung.",
  CONTROL_ALREADY_PENDING: "Eine Anfrage nach Steuerung wartet schon auf die Antwort des Kunden.",
  CONTROL_NOT_REQUESTED: "Es gibt keine Anfrage nach Steuerung, die zu beantworten wäre.",
  CONTROL_NOT_HELD: "Dieser Teilnehmer hat weder die Steuerung noch eine offene Anfrage.",
  SESSION_PAUSED: "Die Sitzung ist angehalten. Warten Sie, bis der Kunde sie fortsetzt.",
  SESSION_NOT_PAUSED: "Die Sitzung ist nicht angehalten.",
  PAUSE_NEEDS_CONTROL:
    "Anhalten geht nur, solange kein Mitarbeiter die Steuerung hat. Nehmen Sie sie zuerst zurück.",
  CUSTOMER_ONLY: "Das kann nur der Kunde.",
  AGENT_ONLY: "Das kann nur ein Mitarbeiter.",
  PEER_MISSING: "Die andere Seite ist noch nicht da.",
  NOT_IN_CONTROL: "Ohne die Erlaubnis des Kunden kann in der Seite nichts getan werden.",
  NOT_JOINED: "Dieser Teilnehmer ist noch nicht in der Sitzung.",
  CUSTOMER_NOT_WAITING: "Der Kunde ist noch nicht in dieser Sitzung.",
  LEVEL_NOT_ALLOWED: "Die Website erlaubt so viel Steuerung nicht.",
  LEVEL_TOO_LOW: "Das deckt die Erlaubnis des Kunden nicht ab.",
  OUT_OF_SCOPE: "Die Erlaubnis gilt nur für ein Formular oder Feld.",
  CONSENT_MISSING: "Der Kunde hat dem noch nicht zugestimmt.",
  CONSENT_NOT_ASKED: "Die Website fragt nicht nach dieser Zustimmung.",
  OBSERVERS_WATCH: "Beobachter sehen zu: Sie handeln, zeigen und schreiben nicht.",
  NOT_IN_LEAD: "Das kann nur der Mitarbeiter, der die Sitzung leitet.",
  HANDOVER_PENDING: "Eine Übergabe wartet schon auf Antwort.",
  HANDOVER_MISSING: "Es gibt keine Übergabe, die zu beantworten wäre.",
  PARTICIPANT_UNKNOWN: "Unter dieser Nummer kann niemand die Sitzung übernehmen.",
  INVITE_UNKNOWN: "Keine Sitzung wartet mit dieser Einladung. Erbitten Sie eine neue.",
  TOO_MANY_INVITES: "Es sind zu viele Einladungen offen. Warten Sie, bis eine genutzt ist oder abläuft.",
  SILENT_NOT_ALLOWED: "Die Website erlaubt keine stillen Beobachter.",
  PROPOSAL_PENDING: "Ein Vorschlag wartet schon auf die Antwort des Kunden.",
  PROPOSAL_MISSING: "Es gibt keinen Vorschlag, der zu beantworten wäre.",
  PROPOSALS_OFF: "Die Website erlaubt keine Vorschläge.",
  SESSION_UNKNOWN: "Es gibt keine laufende Sitzung mit dieser Kennung.",
  MATCH_NOT_ASKED: "Es sind keine Ziffern zu vergleichen.",
  MATCH_OUT_OF_TURN: "Die andere Seite ist an der Reihe, die Ziffern zu bilden oder zu vergleichen.",
  REFERENCE_TAKEN: "Eine Sitzung zu diesem Vorgang wartet schon.",
  REFERENCE_UNKNOWN: "Zu diesem Vorgang wartet keine Sitzung.",
  PRESENCE_OFF: "Die Website lässt Mitarbeiter nicht sehen, wer wartet (COPANE_PRESENCE).",
  POLICY_UNSAFE: "Diese Richtlinie würde zeigen, was verborgen bleiben muss.",
  PRIVACY_UNUSABLE:
    "Nichts wird geteilt: Ein Selektor, der sagt, was auf dieser Seite verborgen bleibt, ist ungültig. Sagen Sie es dem Betreiber.",
  MIRROR_FAILED:
    "Nichts wird geteilt: Die Seite ließ sich nicht übertragen. Wird sie neu geladen, wird es noch einmal versucht.",
  PART_MISSING:
    "Ein Skript der geteilten Seite wurde nicht geladen: Steuern, Zeichnen oder Chat gehen dort nicht. Versuchen Sie es erneut.",
  PICTURE_FAILED:
    "Die Seite des Kunden lässt sich hier nicht zeigen. Holen Sie das Bild neu, oder laden Sie diese Seite neu.",
  PAGE_UNKNOWN: "Diese Seite gehört nicht mehr zur Sitzung. Laden Sie sie neu.",
  BROWSER_TOO_OLD: "Dieser Browser ist zu alt, um die Seite zu teilen. Ein neuerer kann es.",
  SCRIPT_MISSING:
    "Das Skript der Sitzung wurde nicht geladen. Prüfen Sie die Verbindung und versuchen Sie es erneut.",
  PAGE_TOO_LARGE:
    "Die Seite des Kunden ist zu groß, um gezeigt zu werden; deshalb ist nichts von ihr zu sehen. " +
    "Laden Sie die Ansicht neu, um es noch einmal zu versuchen.",
  POLICY_CHANGED: "Jemand anderes hat die Richtlinie inzwischen geändert. Laden Sie sie neu.",
  RATE_LIMITED: "Zu viele Anfragen. Warten Sie etwas und versuchen Sie es erneut.",
  PASSPHRASE_GUESSING: "Zu viele falsche Schlüssel. Warten Sie etwas und versuchen Sie es erneut.",
  TOO_MANY_SESSIONS: "Der Server hat so viele Sitzungen, wie er haben darf. Versuchen Sie es später erneut.",
  TOO_MANY_WAITING:
    "Aus Ihrem Netz warten schon zu viele Sitzungen. Beenden Sie eine oder versuchen Sie es später.",
  TOO_MANY_SOCKETS: "Aus Ihrem Netz kommen zu viele Verbindungen. Versuchen Sie es später erneut.",
  INTERNAL: "Am Server ist etwas schiefgegangen, oder er ist nicht zu erreichen. Versuchen Sie es erneut.",
  SHUTTING_DOWN: "Der Server wird gerade beendet. Versuchen Sie es gleich noch einmal.",
  STORE_UNAVAILABLE: "Gerade kann nichts aufgezeichnet werden. Versuchen Sie es gleich noch einmal.",
  SERVERS_APART: "Die Server erreichen einander gerade nicht. Versuchen Sie es gleich noch einmal.",
};

/** Why a session ended, by the code of the end; then by who ended it: the reader (`you`), or one side. */
export const ends: EndWords = {
  not_joined: "Die Sitzung wurde beendet, weil kein Mitarbeiter dazukam.",
  inactive_timeout: "Die Sitzung wurde beendet, weil länger nichts geschah.",
  session_timeout: "Die Sitzung hat ihre längste Dauer erreicht.",
  customer_left: "Der Kunde hat die Sitzung beendet.",
  customer_left_you: "Sie haben die Sitzung beendet.",
  agent_left: "Der Mitarbeiter hat die Sitzung beendet.",
  agent_left_you: "Sie haben die Sitzung beendet.",
  connection_lost: "Die Sitzung wurde beendet, weil eine Verbindung zu lange unterbrochen war.",
  connection_lost_you: "Die Sitzung wurde beendet, weil Ihre Verbindung zu lange unterbrochen war.",
  connection_lost_customer:
    "Die Sitzung wurde beendet, weil die Verbindung des Kunden zu lange unterbrochen war.",
  connection_lost_agent:
    "Die Sitzung wurde beendet, weil die Verbindung des Mitarbeiters zu lange unterbrochen war.",
  cancelled: "Die Sitzung kam nicht zustande.",
  server_shutdown: "Die Sitzung wurde beendet, weil der Server beendet wird.",
  left: "Sie haben die Sitzung verlassen. Sie geht ohne Sie weiter.",
  continued_elsewhere: "Die Sitzung geht in einem anderen Tab weiter.",
  /** Stands behind one of these: the reason that was given. */
  given: "„{text}“",
};
