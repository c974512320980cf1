/** Which elements the agent may not see or use, beyond the classes and the automatic masks. */
export interface PrivacyPolicy {
  /** Ids of elements that are not sent at all (Avaya: `addElementIDToRemove`). */
  removeIds?: readonly string[];
  /** Selectors whose text and values are masked, as under `avcobrowse-mask`. */
  mask?: readonly string[];
  /** Selectors the agent can neither read nor use, as under `avcobrowse-block`. */
  block?: readonly string[];
  /** Selectors that are not shown, as under `avcobrowse-hide`. */
  hide?: readonly string[];
  /**
   * Selectors of fields that are only guessed to hold a secret and do not, as with the class `avcobrowse-show`. What
   * the markup declares (passwords, `autocomplete` of cards and one-time codes) stays masked.
   */
  show?: readonly string[];
}
