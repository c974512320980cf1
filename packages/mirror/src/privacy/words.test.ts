import { describe, expect, test } from "vitest";
import { namesSecret } from "./words.ts";

const secrets: Record<string, string[]> = {
  English:
    "Password|Your new password:|PIN|PIN code|Card number|Credit card|CVC|CVV2|Security code|IBAN|One-time code|Verification code|Account number|passcode|cardNumber|card_no".split(
      "|",
    ),
  German:
    "Passwort|Benutzerpasswort|Kennwort|Geheimzahl|Kartennummer|Kreditkartennummer|Kartenprüfnummer|Prüfziffer|Sicherheitscode|Kontonummer|Einmalcode|TAN|Bestätigungscode".split(
      "|",
    ),
  French:
    "Mot de passe|Code secret|Code confidentiel|Numéro de carte|Numéro de la carte|Carte bancaire|Cryptogramme visuel|Code de sécurité|Code à usage unique|Code de vérification|Numéro de compte".split(
      "|",
    ),
  Spanish:
    "Contraseña|Clave|Número de tarjeta|Número de la tarjeta|Tarjeta de crédito|Código de seguridad|Código de verificación|Número de cuenta|PIN".split(
      "|",
    ),
  Italian:
    "Password|Parola d'ordine|Numero della carta|Numero di carta|Carta di credito|Codice di sicurezza|Codice di verifica|Codice PIN|Numero di conto".split(
      "|",
    ),
  Portuguese:
    "Senha|Palavra-passe|Número do cartão|Cartão de crédito|Código de segurança|Código de verificação|Número da conta".split(
      "|",
    ),
  Dutch:
    "Wachtwoord|Pincode|Kaartnummer|Creditcardnummer|Beveiligingscode|Rekeningnummer|Eenmalige code|Verificatiecode".split(
      "|",
    ),
  Polish:
    "Hasło|Kod PIN|Numer karty|Kod zabezpieczający|Kod weryfikacyjny|Kod jednorazowy|Numer rachunku".split(
      "|",
    ),
  Turkish:
    "Şifre|Şifreniz|Parola|Kart numarası|Kredi kartı|Güvenlik kodu|Doğrulama kodu|Tek kullanımlık şifre|Hesap numarası".split(
      "|",
    ),
  Arabic:
    "كلمة المرور|كلمة السر|الرقم السري|رقم البطاقة|بطاقة الائتمان|رمز الأمان|رمز التحقق|رقم الحساب".split(
      "|",
    ),
  Hebrew: "סיסמה|סיסמא|קוד סודי|מספר כרטיס|כרטיס אשראי|קוד אבטחה|קוד אימות|מספר חשבון".split("|"),
  Japanese:
    "パスワード|暗証番号|カード番号|クレジットカード番号|セキュリティコード|認証コード|確認コード|ワンタイムパスワード|口座番号".split(
      "|",
    ),
  "codes that others send or give, and what is asked beside a password":
    "Activation code|Secret question|Memorable word|Mother's maiden name|National Insurance number|Aktivierungscode|Anmeldecode|Sicherheitsfrage|Sozialversicherungsnummer|Code d'accès|Code de validation|Clé secrète|Código de acceso|Palabra secreta|Codice di accesso|Codice ricevuto via SMS|Código recebido por SMS|Código de autenticação|Toegangscode|Code ontvangen per sms|Geheime code|Inlogcode|Kod dostępu|Kod autoryzacyjny|Tajny kod|SMS kodu|Erişim kodu|Kart numaranız|Şifreyi tekrarla|Mevcut parola|رمز الدخول|كود التحقق|رمز لمرة واحدة|קוד כניסה|קוד גישה|ססמה|認証番号|アクセスコード|合言葉|確認碼|銀行帳號".split(
      "|",
    ),
  "codes and keys":
    "Enter the 6-digit code|Enter the code we sent you|Login code|Backup code|PUK|API key|Access token|Seed phrase|6-stelliger Code|Code à 6 chiffres|Código de 6 dígitos|Codice a 6 cifre|6桁のコード|6位数字代码|apiKey".split(
      "|",
    ),
  Chinese: "密码|登录密码|卡号|银行卡号|信用卡|验证码|安全码|校验码".split("|"),
};

describe.each(Object.entries(secrets))("%s", (_language, labels) => {
  test.each(labels)("%s names a secret", (label) => expect(namesSecret(label)).toBe(true));
});

const plainLabels =
  "Shipping|Shipping address|Pineapple|PIN code (postal)|Postal PIN code|Spinning|Opinion|Card game|Postcard|Postcard number of stamps|Name|E-mail|Pin this note|Map pin|Palabra clave|Cerca una parola|Tan lines|Standard|Business|Passenger|Passport photo|Compass|Discard|Search|Scorecard|Boarding pass|Day pass|5-digit zip|Captain|Secretary|Code|Postcode|Zip code|Country code|Discount code|Coupon|Pinterest|Titan|Urban|Caliban|Accounting|Account name|Kode|Hasta|Numéro de téléphone|Número de pedido|Bestellnummer|住所|姓名|الاسم|שם|Palabras clave|Puntos clave|Clave del producto|Safety pin size|Pin parasol|Hasło reklamowe|Booking code|Room number|Area code|Tracking number|Referral code|Design token|Number of tokens|Passenger name|Shopping|Bypass reason|Keyword|Gift card message|Speisekarte|Kartentext|Tankstelle|Schlüsselwort|Code postal|Clé USB|Mot-clé|Codice sconto|Código promocional|Kortingscode|Klantnummer|Kod rabatowy|Posta kodu|Anahtar kelime|رمز الخصم|קוד קופון|注文番号|优惠码".split(
    "|",
  );

test.each(plainLabels)("%s names none", (label) => expect(namesSecret(label)).toBe(false));

test("a sentence that only speaks of passwords is no label", () => {
  const advice =
    "Describe what happened. We will never ask you for your password, so please do not write it here.";
  expect(namesSecret(advice)).toBe(false);
});

test.each("pass userPass txtPass pw loginPw apiKey access_token authCode acctNum otp1 cardCvv".split(" "))(
  "a field called %s in code holds a secret",
  (name) => expect(namesSecret(name, true)).toBe(true),
);

test.each(
  "passenger passport compass bypass boardingPass ski_pass classPass guest_pass powder code token spawn postcode secretary secretSanta one_time_purchase oneTimeDonation mapPin pin_to_top pinColor".split(
    " ",
  ),
)("a field called %s in code holds none", (name) => expect(namesSecret(name, true)).toBe(false));
