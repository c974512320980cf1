import type { EndWords, ErrorWords } from "../words.ts";

/** Errors by their name in the catalogue of `@copane/protocol`. */
export const errors: ErrorWords = {
  MALFORMED_JSON: "La requête n’est pas du JSON valide.",
  INVALID_FIELD: "Une donnée manque ou n’est pas acceptée ainsi.",
  BODY_TOO_LARGE: "La requête est plus grande que ce que le serveur accepte.",
  UNSUPPORTED_MEDIA_TYPE: "La requête doit être envoyée en application/json.",
  NOT_FOUND: "Il n’y a rien à cette adresse.",
  METHOD_NOT_ALLOWED: "Cette adresse ne répond pas à cette méthode.",
  UNKNOWN_MESSAGE: "Le serveur ne connaît pas ce message.",
  VERSION_MISMATCH: "Cette page utilise une autre version. Rechargez-la.",
  HELLO_EXPECTED: "La connexion n’a pas commencé correctement.",
  FRAME_TOO_LARGE: "Le message est plus grand que ce que le serveur accepte.",
  TOKEN_MISSING: "L’identification manque.",
  TOKEN_INVALID: "La session est terminée. Démarrez-en une nouvelle.",
  AGENT_AUTH_REQUIRED: "Connectez-vous d’abord comme conseiller.",
  AGENT_AUTH_INVALID: "La connexion n’est pas valable ou a expiré. Connectez-vous à nouveau.",
  WRONG_ROLE: "Ce participant n’en a pas le droit.",
  ORIGIN_NOT_ALLOWED: "Ce site n’est pas dans la liste des sites autorisés du serveur.",
  ROLE_NOT_ALLOWED: "Votre rôle ne le permet pas. Adressez-vous à l’administration.",
  IDENTITY_INVALID:
    "L’identité du client n’est pas valide ou a expiré. Le serveur du site doit en signer une nouvelle.",
  IDENTITY_NOT_SET_UP:
    "Le serveur n’a pas de clé pour les identités des clients (COPANE_IDENTITY_SECRET ou COPANE_IDENTITY_JWKS_URL).",
  PASSPHRASE_UNKNOWN:
    "Aucune session n’attend avec ce code. Vérifiez les huit chiffres ou demandez un nouveau code.",
  SESSION_CLOSED: "La session est terminée. Démarrez-en une nouvelle.",
  ALREADY_JOINED: "Une session est déjà en cours.",
  SESSION_FULL: "La session compte déjà le nombre maximal de conseillers.",
  CONTROL_ALREADY_HELD: "Un conseiller a déjà le contrôle.",
  CONTROL_ALREADY_PENDING: "Une demande de contrôle attend déjà la réponse du client.",
  CONTROL_NOT_REQUESTED: "Il n’y a pas de demande de contrôle à laquelle répondre.",
  CONTROL_NOT_HELD: "Ce participant n’a ni le contrôle ni une demande en cours.",
  SESSION_PAUSED: "La session est en pause. Attendez que le client la reprenne.",
  SESSION_NOT_PAUSED: "La session n’est pas en pause.",
  PAUSE_NEEDS_CONTROL:
    "La pause n’est possible que si aucun conseiller n’a le contrôle. Reprenez-le d’abord.",
  CUSTOMER_ONLY: "Seul le client peut faire cela.",
  AGENT_ONLY: "Seul un conseiller peut faire cela.",
  PEER_MISSING: "L’autre personne n’est pas encore là.",
  NOT_IN_CONTROL: "Rien ne peut être fait sur la page sans l’autorisation du client.",
  NOT_JOINED: "Ce participant n’est pas encore dans la session.",
  CUSTOMER_NOT_WAITING: "Le client n’est pas encore dans cette session.",
  LEVEL_NOT_ALLOWED: "Le site n’autorise pas autant de contrôle.",
  LEVEL_TOO_LOW: "L’autorisation du client ne va pas jusque-là.",
  OUT_OF_SCOPE: "L’autorisation ne vaut que pour un formulaire ou un champ.",
  CONSENT_MISSING: "Le client n’a pas encore donné son accord.",
  CONSENT_NOT_ASKED: "Le site ne demande pas cet accord.",
  OBSERVERS_WATCH: "Les observateurs regardent : ils n’agissent pas, ne montrent rien et n’écrivent pas.",
  NOT_IN_LEAD: "Seul le conseiller qui mène la session peut faire cela.",
  HANDOVER_PENDING: "Un transfert attend déjà une réponse.",
  HANDOVER_MISSING: "Il n’y a pas de transfert auquel répondre.",
  PARTICIPANT_UNKNOWN: "Personne ne peut reprendre la session sous ce numéro.",
  INVITE_UNKNOWN: "Aucune session n’attend avec cette invitation. Demandez-en une nouvelle.",
  TOO_MANY_INVITES: "Trop d’invitations sont ouvertes. Attendez que l’une soit utilisée ou expire.",
  SILENT_NOT_ALLOWED: "Le site n’autorise pas les observateurs invisibles.",
  PROPOSAL_PENDING: "Une proposition attend déjà la réponse du client.",
  PROPOSAL_MISSING: "Il n’y a pas de proposition à laquelle répondre.",
  PROPOSALS_OFF: "Le site n’autorise pas les propositions.",
  SESSION_UNKNOWN: "Il n’y a pas de session en cours avec cet identifiant.",
  MATCH_NOT_ASKED: "Il n’y a pas de chiffres à comparer.",
  MATCH_OUT_OF_TURN: "C’est à l’autre personne de former ou de comparer les chiffres.",
  REFERENCE_TAKEN: "Une session avec cette référence attend déjà.",
  REFERENCE_UNKNOWN: "Aucune session n’attend avec cette référence.",
  PRESENCE_OFF: "Le site ne laisse pas les conseillers voir qui attend (COPANE_PRESENCE).",
  POLICY_UNSAFE: "Ces règles montreraient ce qui doit rester caché.",
  PRIVACY_UNUSABLE:
    "Rien n’est partagé : un sélecteur qui dit ce qui reste caché sur cette page n’est pas valable. Prévenez l’exploitant du site.",
  MIRROR_FAILED:
    "Rien n’est partagé : la page n’a pas pu être transmise. Un nouvel essai a lieu quand elle est rechargée.",
  PART_MISSING:
    "Un script de la page partagée ne s’est pas chargé : contrôle, dessin ou chat n’y fonctionnent pas. Réessayez.",
  PICTURE_FAILED:
    "La page du client ne peut pas être affichée ici. Récupérez l’image à nouveau ou rechargez cette page.",
  PAGE_UNKNOWN: "Cette page ne fait plus partie de la session. Rechargez-la.",
  BROWSER_TOO_OLD:
    "Ce navigateur est trop ancien pour partager la page. Un navigateur plus récent le permet.",
  SCRIPT_MISSING: "Un script de l’aide ne s’est pas chargé. Vérifiez votre connexion et réessayez.",
  PAGE_TOO_LARGE:
    "La page du client est trop grande pour être affichée ; rien n’en est donc visible. Rechargez la vue pour réessayer.",
  POLICY_CHANGED: "Quelqu’un d’autre a modifié les règles entre-temps. Rechargez-les.",
  RATE_LIMITED: "Trop de requêtes. Attendez un peu et réessayez.",
  PASSPHRASE_GUESSING: "Trop de codes erronés. Attendez un peu et réessayez.",
  TOO_MANY_SESSIONS: "Le serveur a atteint son nombre maximal de sessions. Réessayez plus tard.",
  TOO_MANY_WAITING:
    "Trop de sessions attendent déjà depuis votre réseau. Terminez-en une ou réessayez plus tard.",
  TOO_MANY_SOCKETS: "Trop de connexions viennent de votre réseau. Réessayez plus tard.",
  INTERNAL: "Un problème est survenu sur le serveur, ou il est injoignable. Réessayez.",
  SHUTTING_DOWN: "Le serveur est en train de s’arrêter. Réessayez dans un instant.",
  STORE_UNAVAILABLE: "Rien ne peut être enregistré pour le moment. Réessayez dans un instant.",
  SERVERS_APART: "Les serveurs ne se joignent pas pour le moment. Réessayez dans un instant.",
};

/** Why a session ended, by the code of the end; then by who ended it: the reader (`you`), or one side. */
export const ends: EndWords = {
  not_joined: "La session s’est terminée parce qu’aucun conseiller ne l’a rejointe.",
  inactive_timeout: "La session s’est terminée parce que rien ne s’est passé pendant un moment.",
  session_timeout: "La session a atteint sa durée maximale.",
  customer_left: "Le client a terminé la session.",
  customer_left_you: "Vous avez terminé la session.",
  agent_left: "Le conseiller a terminé la session.",
  agent_left_you: "Vous avez terminé la session.",
  connection_lost: "La session s’est terminée parce qu’une connexion a été interrompue trop longtemps.",
  connection_lost_you:
    "La session s’est terminée parce que votre connexion a été interrompue trop longtemps.",
  connection_lost_customer:
    "La session s’est terminée parce que la connexion du client a été interrompue trop longtemps.",
  connection_lost_agent:
    "La session s’est terminée parce que la connexion du conseiller a été interrompue trop longtemps.",
  cancelled: "La session n’a pas eu lieu.",
  server_shutdown: "La session s’est terminée parce que le serveur s’arrête.",
  left: "Vous avez quitté la session. Elle continue sans vous.",
  continued_elsewhere: "La session continue dans un autre onglet.",
  given: "« {text} »",
};
