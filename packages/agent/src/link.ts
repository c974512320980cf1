/**
 * An address of the site that an agent sends to a customer: there the panel opens with the key filled in, and the
 * customer agrees or not. Throws TypeError for a page that is no http or https address.
 * @param page any page of the site that has the customer's script
 * @param key a session key of eight digits (up to twelve by a setting)
 */
export function customerLink(page: string, key: string): string {
  const link = new URL(page);
  if (!/^https?:$/.test(link.protocol)) throw new TypeError("A customer's page is an http or https address.");
  link.hash = `${link.hash}${link.hash ? "&" : ""}copane=${key.replace(/\D/g, "")}`;
  return link.href;
}
