/**
 * Words that name a secret: passwords, PINs, cards, security codes, account numbers, one-time codes. Latin ones are
 * written without accents, in lower case; Arabic ones without hamza. See `plain`.
 */

/** Long enough to mean nothing else inside of a longer word, as German builds them; scripts without word boundaries. */
const anywhere =
  "passwor[dt]|passwd|pass ?phrase|passcode|kennwort|geheimzahl|geheimnummer|kreditkart|kartennummer|kontonummer|prufnummer" +
  "|prufziffer|(?:sicherheits|bestatigungs|einmal|freigabe|zugangs|aktivierungs|entsperr|anmelde|toegangs|inlog|bevestigings|veiligheids|beveiligings)code" +
  "|(?:geheim|sicherheits)frage|codewort|sozialversicherungsnummer|wachtwoord|kaartnummer|rekeningnummer" +
  "|verificatiecode|cryptogramme|contrasena|credit ?card|debit ?card" +
  "|كلمة ?(?:ال)?(?:مرور|سر)|الرقم السري|الرمز السري|(?:رمز|كود) (?:ال)?(?:تحقق|امان|تاكيد|دخول|مرسل|لمرة)|الرمز المرسل|رقم (?:ال)?(?:بطاقة|حساب)|بطاقة (?:ال)?ا[ئي]تمان|ايبان" +
  "|סי?סמ[הא]|קוד (?:ה?סודי|אימות|אבטחה|חד פעמי|כניסה|גישה|שנשלח)|מספר (?:ה?כרטיס|ה?חשבון)|כרטיס ה?אשראי" +
  "|パスワード|暗証番号|カード番号|クレジットカード|桁の(?:コード|番号)|(?:認証|確認)(?:コード|番号)|(?:セキュリティ|アクセス) ?(?:コード|番号)|合言葉|ワンタイム|口座番号" +
  "|密码|密碼|口令|卡号|卡號|信用卡|银行账号|銀行帳號|確認碼|验证码|驗證碼|校验码|位(?:数字)?(?:代码|密码)|动态码|安全码|安全碼";

/** Whole words. */
const whole =
  "pwd|mdp|mot de passe|(?<!(?:palabra|palabras|puntos?|factor(?:es)?) )claves?(?! del? (?:producto|articulo))|senha|palavra (?:passe|secreta)|hasl[oa](?! reklamow)|sifre(?:si|yi|niz|nizi)?|parola(?:niz|nizi|si|yi)|mevcut parola" +
  "|parola (?:d ordine|segreta)|codi(?:ce|go) (?:segreto|secreto|pin)|code (?:secret|confidentiel|pin)|pincode|pinkod\\w*|kod pin" +
  "|\\d (?:digit|stelliger|cijferige|cyfrowy|haneli) (?:code|kod|pin)|cod(?:e|igo|ice) (?:a|de) \\d (?:chiffres|digitos|cifre)" +
  "|code (?:that )?(?:we|has been|was|you) (?:just )?(?:have )?(?:sent|texted|e ?mailed|received)|codigo sms|(?:palabra|parola|mot|cle) secret[ae]?|code (?:recu|ontvangen)|codi(?:go|ce) (?:recibido|recebido|ricevuto)|geheime code|tajny kod|maiden name|memorable word|puk|(?:api|private) key|access token" +
  "|(?:login|log in|sign in|two factor|2 factor|backup) code|(?:seed|recovery|secret|backup) phrase|digits on the back|security digits|bank account" +
  "|(?<!map |drop |postal |safety |firing )pin(?! (?:it|this|to|on|board|map|message|post|note|parasol|colou?r|size))|t?otp|mfa|2fa|sms tan|mtan" +
  "|(?:card|bankcard) (?:number|num|no|nr)|bank card|carte (?:bancaire|bleue|de (?:credit|debit|paiement))|tarjeta de (?:credito|debito)" +
  "|carta di credito|cartao de (?:credito|debito)|karta kredytowa|karty kredytowej|kredi karti|kart numara\\w*|numer (?:karty|konta|rachunku)" +
  "|(?:numero|n) (?:d[aeo]l?(?: la| votre| tu| su)?|della|di)? ?(?:carte|tarjeta|carta|cartao|compte|cuenta|conto|conta)" +
  "|cv[cv]2?|csc|cvn|iban|ssn|social security|national insurance|securite sociale|seguridad social|pesel|sort code|routing number|account (?:number|no|num|nr)|hesap numarasi" +
  "|(?:security|verification|authentication|authenticator|one time|sms|access|recovery|card|secret|activation|unlock|two step) (?:code|key|answer)|(?:security|secret) question|card verification|one time (?:pass|pin)\\w*" +
  "|code (?:d (?:acces|authentification|activation)|de (?:securite|verification|confirmation|validation)|a usage unique|recu par sms)|codigo de (?:seguridad|verificacion|seguranca|verificacao|acceso|acesso|autentica(?:cion|cao)|un solo uso|uso unico)" +
  "|codice (?:di (?:sicurezza|verifica|accesso|autenticazione)|otp|monouso)|eenmalige? code|sms code|kod (?:zabezpieczajacy|bezpieczenstwa|weryfikacyjny|jednorazowy|autoryzacyjny|dostepu|sms)" +
  "|(?:guvenlik|dogrulama|onay|erisim|sms) kodu(?:nuz)?|tek kullanimlik \\w+";

const words = new RegExp(`${anywhere}|(?<![a-z0-9])(?:${whole})(?![a-z0-9])`);

/** Where letters are sent to: a PIN code in India is one. */
const postal = /postal|postcode|post code|postleitzahl|zip|delivery|shipping|address|cap\b/;

const pin = /(?<![a-z])pin ?code|(?<![a-z])pin(?![a-z])/;

/**
 * What `name`, `id` and the like call such fields in code, where words are run together and cut short. What `anywhere`
 * finds is not repeated here: it is looked for in these texts too.
 */
const inCode =
  /passw|contrase|mot.?de.?passe|(^|[^a-z])pwd|(?<!post|score|dis)card.?(num|no\b|nr|code)|credit.?card|(^|[^a-z])(cc|card)[-_ ]?(num|exp|csc|cv[cv]|name)|cv[cv]|(^|[^a-z])csc([^a-z]|$)|security.?code|iban|account.?n(um|o\b|r)|sort.?code|routing.?n|(^|[^a-z])ssn|social.?sec|(^|[^a-z])(?<!map.?)(pin(?!.?(?:to|colou?r|size))|tan|t?otp|mfa|2fa)([^a-z]|$)|one.?time.?(?:code|pass|pin|pw)|(?:verification|auth).?code|secret(?!ar|.?santa)|(?:api|private).?key|access.?token|acct.?n(um|o\b)|seed.?phrase|(^|[^a-z]|user|txt)(?<!boarding.?|ski.?|day.?|season.?|bus.?|travel.?|class.?|guest.?)(?:pass|pw)\d?$/i;

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
