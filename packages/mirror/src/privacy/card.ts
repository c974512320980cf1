/** Digits that may be a card's, with what people put between them. */
const runs = /\d(?:[ \u00a0-]?\d){12,18}(?![ \u00a0-]?\d)/g;

/** Lengths and first digits by which the networks give out numbers. */
const issued =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11,16}|35\d{14,17}|(?:6\d|5[06-8])\d{11,17})$/;

/** Eight digits tell the bank and no more; from then on it is a person's number. */
const begun = /^(?:3[04-9]|[456]\d|2[2-7])\d{6,17}$/;

const separators = /[ \u00a0-]/g;

/** Whether a text holds a payment card's number: 13 to 19 digits as they are issued, with the right check digit. */
export function holdsCardNumber(text: string): boolean {
  if (text.length < 13) return false;
  return (text.match(runs) ?? []).some((run) => {
    const digits = run.replace(separators, "");
    return issued.test(digits) && hasCheckDigit(digits);
  });
}

/** Whether a text can become a card's number as it is typed on. */
export function beginsCardNumber(text: string): boolean {
  return text.length >= 8 && begun.test(text.replace(separators, ""));
}

/** The last digit by Luhn (ISO/IEC 7812-1, annex B). */
function hasCheckDigit(digits: string): boolean {
  let sum = 0;
  for (let i = digits.length - 1, double = false; i >= 0; i--, double = !double) {
    const digit = digits.charCodeAt(i) - 48;
    sum += double ? ((digit * 2) % 10) + (digit > 4 ? 1 : 0) : digit;
  }
  return sum % 10 === 0;
}
