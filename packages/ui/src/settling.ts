/** How long a question takes no answer after it is painted, in milliseconds. */
const SETTLE_MS = 600;

/**
 * Keeps people from answering a question that they have not read: it may appear while they type, or under their
 * pointer. Buttons that answer carry `data-answer`. While a new question settles they are `aria-disabled` and take no
 * key and no click. A press that began in that time does not count either when it ends later.
 */
export class Settling {
  readonly #place: HTMLElement;
  #question = "";
  #waiting = false;
  /** The press under way began too early. */
  #early = false;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param place where questions are shown */
  constructor(place: HTMLElement) {
    this.#place = place;
    for (const type of ["pointerdown", "keydown"] as const)
      place.addEventListener(
        type,
        (event) => {
          this.#early = this.#waiting || (event as KeyboardEvent).repeat === true;
        },
        true,
      );
    place.addEventListener("click", (event) => this.#clicked(event), true);
  }

  /** Whether the question that stands takes no answer yet. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /**
   * To be called with what is about to stand in the place.
   * @param question tells questions apart: another one than before has to settle
   */
  show(question: string, shown: HTMLElement): void {
    if (question !== this.#question) {
      this.#question = question;
      this.#settle();
    }
    this.#mark(shown);
  }

  #clicked(event: Event): void {
    const early = this.#waiting || this.#early;
    this.#early = false;
    if (!(event.target as Element).closest("[data-answer]")) return;
    if (early) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    // The second click of a double click is no answer to what comes next.
    this.#question = "";
    this.#settle();
    this.#mark(this.#place);
  }

  #settle(): void {
    this.#waiting = true;
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    // The first frame paints the question, the second one follows that. In a hidden tab neither comes.
    this.#frame = requestAnimationFrame(() => {
      this.#frame = requestAnimationFrame(() => {
        this.#timer = setTimeout(() => {
          this.#waiting = false;
          this.#mark(this.#place);
        }, SETTLE_MS);
      });
    });
  }

  #mark(shown: HTMLElement): void {
    for (const button of shown.querySelectorAll("[data-answer]"))
      if (this.#waiting) button.ariaDisabled = "true";
      else button.removeAttribute("aria-disabled");
  }
}
