import type { CustomerView, Metadata } from "@copane/protocol";
import { fill, h } from "@copane/ui";
import type { Messages } from "../locales/en/view.ts";

/** Who the customer is: what the site's server signed, and apart from it what only the page said. */
export function aboutCustomer(customer: CustomerView | undefined, text: Messages): HTMLElement | undefined {
  if (!customer) return undefined;
  const { id, metadata = {}, unverified = {}, reference } = customer;
  const said = { ...unverified, ...(reference === undefined ? {} : { [text.reference]: reference }) };
  return h(
    "div",
    { class: "about" },
    id === undefined ? undefined : h("p", { class: "verified" }, fill(text.verified, { id })),
    list(metadata),
    Object.keys(said).length > 0 ? h("p", { class: "hint" }, text.unverified) : undefined,
    list(said),
  );
}

function list(metadata: Metadata): HTMLElement | undefined {
  const entries = Object.entries(metadata);
  if (entries.length === 0) return undefined;
  return h("dl", {}, ...entries.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, String(value))]));
}
