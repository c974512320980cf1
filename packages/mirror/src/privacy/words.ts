/**
 * Words that name a secret: passwords, PINs, cards, security codes, account numbers, one-time codes. Latin ones are
 * written without accents, in lower case; Arabic ones without hamza. See `plain`.
 */

/** Long enough to mean nothing else inside of a longer word, as German builds them; scripts without word boundaries. */
const anywhere =
  "passwor[dt]|passwd|pass ?phrase|passcode|kennwort|geheimzahl|geheimnummer|kreditkart|kartennummer|kontonummer|prufnummer" +
  "|prufziffer|sicherheitscode|bestatigungscode|einmalcode|freigabecode|zugangscode|wachtwoord|kaartnummer|rekeningnummer|beveiligingscode" +
  "|verificatiecode|cryptogramme|contrasena|credit ?card|debit ?card" +
  "|كلمة ?(?:ال)?(?:مرور|سر)|الرقم السري|الرمز السري|رمز (?:ال)?(?:تحقق|امان|تاكيد)|رقم (?:ال)?(?:بطاقة|حساب)|بطاقة (?:ال)?ا[ئي]تمان|ايبان" +
  "|סיסמ[הא]|קוד (?:סודי|אימות|אבטחה|חד פעמי)|מספר (?:ה?כרטיס|ה?חשבון)|כרטיס ה?אשראי" +
  "|パスワード|暗証番号|カード番号|クレジットカード|セキュリティ ?コード|桁の(?:コード|番号)|認証コード|確認コード|ワンタイム|口座番号" +
  "|密码|密碼|口令|卡号|卡號|信用卡|银行账号|验证码|驗證碼|校验码|位(?:数字)?(?:代码|密码)|动态码|安全码|安全碼";

/** Whole words. */
const whole =
  "pwd|mdp|mot de passe|(?<!palabra )claves?|senha|palavra (?:passe|secreta)|hasl[oa]|sifre(?:si|niz|nizi)?|parola(?:niz|nizi|si)" +
  "|parola (?:d ordine|segreta)|codi(?:ce|go) (?:segreto|secreto|pin)|code (?:secret|confidentiel|pin)|pincode|pinkod\\w*|kod pin" +
  "|\\d (?:digit|stelliger|cijferige|cyfrowy|haneli) (?:code|kod|pin)|cod(?:e|igo|ice) (?:a|de) \\d (?:chiffres|digitos|cifre)" +
  "|code (?:that )?(?:we|has been|was|you) (?:just )?(?:have )?(?:sent|texted|e ?mailed|received)|codigo sms|puk|(?:api|private) key|access token" +
  "|(?:login|log in|sign in|two factor|2 factor|backup) code|(?:seed|recovery|secret|backup) phrase|digits on the back|security digits|bank account" +
  "|(?<!map |drop |postal )pin(?! (?:it|this|to|on|board|map|message|post|note))|t?otp|mfa|2fa|sms tan|mtan" +
  "|(?:card|bankcard) (?:number|num|no|nr)|bank card|carte (?:bancaire|bleue|de (?:credit|debit|paiement))|tarjeta de (?:credito|debito)" +
  "|carta di credito|cartao de (?:credito|debito)|karta kredytowa|karty kredytowej|kredi karti|kart numarasi|numer (?:karty|konta|rachunku)" +
  "|(?:numero|n) (?:d[aeo]l?(?: la| votre| tu| su)?|della|di)? ?(?:carte|tarjeta|carta|cartao|compte|cuenta|conto|conta)" +
  "|cv[cv]2?|csc|cvn|iban|ssn|social security|sort code|routing number|account (?:number|no|num|nr)|hesap numarasi" +
  "|(?:security|verification|authentication|authenticator|one time|sms|access|recovery|card|secret) (?:code|key|answer)|one time (?:pass|pin)\\w*" +
  "|code (?:de (?:securite|verification|confirmation)|a usage unique|recu par sms)|codigo de (?:seguridad|verificacion|seguranca|verificacao|un solo uso|uso unico)" +
  "|codice (?:di (?:sicurezza|verifica)|otp|monouso)|eenmalige? code|sms code|kod (?:zabezpieczajacy|bezpieczenstwa|weryfikacyjny|jednorazowy|sms)" +
  "|(?:guvenlik|dogrulama|onay) kodu|tek kullanimlik \\w+";

const words = new RegExp(`${anywhere}|(?<![a-z0-9])(?:${whole})(?![a-z0-9])`);

/** Where letters are sent to: a PIN code in India is one. */
const postal = /postal|postcode|post code|postleitzahl|zip|delivery|shipping|address|cap\b/;

const pin = /(?<![a-z])pin ?code|(?<![a-z])pin(?![a-z])/;

/**
 * What `name`, `id` and the like call such fields in code, where words are run together and cut short. What `anywhere`
 * finds is not repeated here: it is looked for in these texts too.
 */
const inCode =
  /passw|contrase|mot.?de.?passe|(^|[^a-z])pwd|(?<!post|score|dis)card.?(num|no\b|nr|code)|credit.?card|(^|[^a-z])(cc|card)[-_ ]?(num|exp|csc|cv[cv]|name)|cv[cv]|(^|[^a-z])csc([^a-z]|$)|security.?code|iban|account.?n(um|o\b|r)|sort.?code|routing.?n|(^|[^a-z])ssn|social.?sec|(^|[^a-z])(pin|tan|t?otp|mfa|2fa)([^a-z]|$)|one.?time|(?:verification|auth).?code|secret|(?:api|private).?key|access.?token|acct.?n(um|o\b)|seed.?phrase|(^|[^a-z]|user|txt)(?<!boarding.?|ski.?|day.?|season.?|bus.?|travel.?)(?:pass|pw)\d?$/i;

/** A label is short: what is longer explains. */
export const LONGEST_LABEL = 80;

/**
 * Whether a label, a name or a placeholder says that what is typed there is a secret.
 * @param code it is an attribute that scripts and browsers read rather than people
 */
export function namesSecret(text: string, code = false): boolean {
  if (text.length === 0 || text.length > LONGEST_LABEL) return false;
  if (/(?<![A-Za-z])m?TAN(?![A-Za-z])/.test(text)) return true;
  const normal = plain(text);
  if (pin.test(normal) && postal.test(normal)) return false;
  if (code && inCode.test(text.replace(/([a-z])([A-Z])/g, "$1-$2"))) return true;
  return words.test(normal) || normal === "parola" || normal === "tan";
}

/** Lower case, no accents, single spaces in place of what is neither letter nor digit; `cardNumber` is two words. */
function plain(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/ł/g, "l")
    .replace(/ı/g, "i")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
