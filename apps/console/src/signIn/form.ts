import type { Identity } from "./identity.ts";

/** What a form of the sign-in is given. */
export interface FormProps {
  busy: boolean;
  /** Runs a try; what goes wrong is shown above the form. */
  onSubmit(work: () => Promise<Identity>): void;
}
