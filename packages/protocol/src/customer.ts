/** One thing that a site says of its customer. */
export type MetadataValue = string | number | boolean;

/** What a site says of its customer, by names of its own: a ticket, what is in the basket. */
export type Metadata = Record<string, MetadataValue>;

/** Who the customer is, as far as the site says; told to agents only. */
export interface CustomerView {
  /** The customer's id at the site, by an identity that the site's server signed; absent without one. */
  id?: string;
  /** What the identity says besides. */
  metadata?: Metadata;
  /** What the page said, signed by nobody: whoever uses the page can change it. */
  unverified?: Metadata;
  /** Id of a chat or call by which agents find the session while it waits; said by the page. */
  reference?: string;
}
