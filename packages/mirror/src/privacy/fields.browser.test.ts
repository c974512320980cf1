import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  bothSides,
  canary,
  closeAllPages,
  mirror,
  mirroredPage,
  sentText,
  sharedChromium,
} from "../testing/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await sharedChromium();
});
afterAll(() => closeAllPages(browser));

async function mirrored(html: string, policy = {}): Promise<Page> {
  return mirroredPage(browser, `<meta charset=utf-8><p>control</p>${html}`, policy);
}

/** Puts each piece of markup into one page, types into each `#ID` key by key, and gives those whose canary was sent. */
async function leaks(
  places: readonly (readonly [why: string, html: string])[],
  policy = {},
): Promise<string[]> {
  const html = places.map(([, markup], i) => `<section>${markup.replaceAll("ID", `f${i}`)}</section>`);
  const page = await mirrored(html.join("\n"), policy);
  for (const i of places.keys()) await page.locator(`#f${i}`).pressSequentially(canary(i), { delay: 16 });
  const sent = await sentText(page);
  expect((await bothSides(page)).errors).toEqual([]);
  await page.close();
  expect(sent).toContain("control");
  // Five letters tell which it is.
  return places.filter((_, i) => sent.includes(canary(i).slice(0, 8))).map(([why]) => why);
}

const component = "<script>hID.attachShadow({mode:'open'}).innerHTML='<div><input id=ID></div>'</script>";

const secretFields: [why: string, html: string][] = [
  ["drawn as dots", "<style>.dots{-webkit-text-security:disc}</style><input id=ID class=dots>"],
  ["by its label", "<label for=ID>Card number</label><input id=ID>"],
  ["by the label round it", "<label>PIN <input id=ID></label>"],
  ["by aria-labelledby", "<div id=l>Password</div><p>.</p><input id=ID aria-labelledby='x l'>"],
  ["by aria-label", "<input id=ID aria-label='Código de seguridad'>"],
  ["by its placeholder", "<input id=ID placeholder='パスワード'>"],
  ["by its title", "<input id=ID title='Kreditkartennummer'>"],
  ["by its name", "<input id=ID name=cardNumber>"],
  ["by the cell before it", "<table><tr><td>IBAN</td><td><input id=ID></td></tr></table>"],
  ["by the text before it", "<form><div>One-time code: <input id=ID></div></form>"],
  ["by the wrapper before it", "<div><div><b>Wachtwoord</b></div><div><input id=ID></div></div>"],
  ["by the term before it", "<dl><dt>Numéro de carte</dt><dd><input id=ID></dd></dl>"],
  ["by its component", `<x-field label=Passwort id=hID></x-field>${component}`],
  ["by its component's type", `<x-field type=password id=hID></x-field>${component}`],
  ["a text area by its label", "<label for=ID>Recovery key</label><textarea id=ID></textarea>"],
];

test("a field that looks or is called like a secret is masked without a mark", async () => {
  expect(await leaks(secretFields)).toEqual([]);
});

const plainFields: [why: string, html: string][] = [
  ["that is called something else", "<label for=ID>Shipping address</label><input id=ID>"],
  ["with the PIN code of the post", "<label for=ID>PIN code (postal)</label><input id=ID>"],
  ["under a heading about passwords", "<h2>Reset your password</h2><input id=ID type=email>"],
  ["beside a link about passwords", "<label>E-mail <input id=ID></label><a href=#>Forgot password?</a>"],
  ["behind the field of a password", "<div>Password <input> <input id=ID></div>"],
  ["that the site says is none, by class", "<label for=ID>PIN</label><input id=ID class=avcobrowse-show>"],
  ["that the site says is none, by option", "<label for=ID>PIN</label><input id=ID data-open>"],
];

test("a field that only sounds like a secret is shown, and one of which the site says so", async () => {
  const hidden = plainFields.map(([why]) => why);
  expect(await leaks(plainFields, { show: ["[data-open]"] })).toEqual(hidden);
});

const boxes: [secret: boolean, html: string][] = [
  [
    true,
    "<p>Enter the 6-digit code</p><div><input maxlength=1 aria-label='Digit 1'><input maxlength=1 aria-label='Digit 2' id=ID></div>",
  ],
  [
    true,
    "<p>Verification code</p><div><div><input maxlength=1 aria-label=1></div><div><input maxlength=1 aria-label=2 id=ID></div></div>",
  ],
  [
    true,
    "<div role=group aria-label='One-time code'><b>.</b><input size=1 aria-label=1><i>-</i><input size=1 aria-label=2 id=ID></div>",
  ],
  [
    true,
    "<fieldset><legend>Card number</legend><input maxlength=4 aria-label=First><input maxlength=4 aria-label=Last id=ID></fieldset>",
  ],
  [
    false,
    "<fieldset><legend>Date of birth</legend><input maxlength=2 aria-label=Day><input maxlength=4 aria-label=Year id=ID></fieldset>",
  ],
  [false, "<div role=group aria-label='Your PIN'><label>City <input id=ID></label></div>"],
];

test("the boxes of a code are masked by what is said of all of them", async () => {
  const page = await mirrored(
    boxes.map(([, html], i) => `<section>${html.replaceAll("ID", `f${i}`)}</section>`).join(""),
  );
  for (const i of boxes.keys())
    await page.locator(`#f${i}`).evaluate((field, word) => {
      (field as HTMLInputElement).value = word;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, canary(i));
  const sent = await sentText(page);
  expect(boxes.map((_, i) => !sent.includes(canary(i)))).toEqual(boxes.map(([secret]) => secret));
  await page.close();
});

test("nothing unmasks what the markup declares", async () => {
  const declared = ["type=password", "autocomplete=cc-number", "autocomplete='section-a one-time-code'"];
  const places = declared.map((what) => [what, `<input id=ID class=avcobrowse-show ${what}>`] as const);
  expect(await leaks(places, { show: ["input"] })).toEqual([]);
});

test("of many fields each is judged anew when the page changes, not the first ones alone", async () => {
  const fields = Array.from(
    { length: 400 },
    (_, i) => `<label for=f${i}>Name</label><input id=f${i} value=any>`,
  );
  const page = await mirrored(`${fields.join("")}<p id=said>.</p>`);
  const secret = canary(0);
  await page.evaluate((value) => {
    (document.getElementById("f399") as HTMLInputElement).value = value;
    const [label] = (document.getElementById("f399") as HTMLInputElement).labels ?? [];
    setTimeout(() => label?.append(" and password"), 300);
  }, secret);
  const said = () =>
    page.evaluate(async (value) => {
      const text = `${value} is what it was ${Math.random()}`;
      document.getElementById("said")?.replaceChildren(text);
      await window.mirror.settle();
      return window.mirror.mirror().match(/"(\S+) is what it was/)?.[1];
    }, secret);
  await expect.poll(said, { timeout: 20_000 }).toMatch(/^•+$/);
  await page.close();
});

test("labels of many fields are looked for once for all of them, and a secret among these is masked", async () => {
  const fields = Array.from({ length: 400 }, (_, i) =>
    i % 2
      ? `<p><label for=f${i}>Field ${i}</label><input id=f${i} value="plain ${i}">`
      : `<p><label>Field ${i} <input value="plain ${i}"></label>`,
  );
  fields.push(
    `<p><label for=s1>Password</label><input id=s1 value="${canary(1)}">`,
    `<p><label>IBAN <input value="${canary(2)}"></label>`,
    `<p><label for=other>Password <input value="${canary(3)}"></label><input id=other value="${canary(4)}">`,
  );
  const page = await mirroredPage(browser, fields.join(""), {}, { start: false });
  await page.evaluate(() => {
    const asked = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "labels") as PropertyDescriptor;
    Object.assign(window, { looked: 0 });
    Object.defineProperty(HTMLInputElement.prototype, "labels", {
      ...asked,
      get(this: HTMLInputElement) {
        (window as unknown as { looked: number }).looked++;
        return asked.get?.call(this);
      },
    });
  });
  await mirror(page);
  const sent = await sentText(page);
  expect(await page.evaluate("looked")).toBe(0);
  expect(sent).toContain("plain 399");
  expect(sent).toContain("plain 398");
  // The third is no label's, but the word stands beside it.
  expect([1, 2, 3, 4].filter((place) => sent.includes(canary(place).slice(0, 8)))).toEqual([]);
  await page.close();
});
