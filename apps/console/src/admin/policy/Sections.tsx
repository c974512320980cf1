import { text } from "../text.ts";

const sections = [
  ...(["privacy", "control", "consent", "timeouts", "languages", "retention"] as const),
  ...(["tryOut", "versions"] as const),
];
export type Section = (typeof sections)[number];

export const idOf = (section: Section) => `policy-${section}`;

/** The index at the side. The address is the administration's, so that a part is gone to without it. */
export function Sections() {
  return (
    <nav className="admin-index" aria-label={text.sections}>
      {sections.map((section) => (
        <button
          key={section}
          type="button"
          onClick={() => {
            const part = document.getElementById(idOf(section));
            part?.scrollIntoView({ block: "start" });
            part?.focus({ preventScroll: true });
          }}
        >
          {text[section]}
        </button>
      ))}
    </nav>
  );
}
