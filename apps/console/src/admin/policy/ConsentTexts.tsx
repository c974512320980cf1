import type { CopaneError } from "@copane/protocol";
import { fill } from "@copane/ui";
import { NativeSelect, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { nameOfLanguage } from "../../text.ts";
import { text } from "../text.ts";
import { errorAt } from "./form.ts";

interface ConsentTextsProps {
  languages: readonly string[];
  /** That which is shown first. */
  usual: string;
  texts: Record<string, string>;
  error: CopaneError | undefined;
  onChange(texts: Record<string, string>): void;
}

/** The site's own words of consent, one language at a time: there may be many. */
export function ConsentTexts({ languages, usual, texts, error, onChange }: ConsentTextsProps) {
  const [chosen, setChosen] = useState<string>();
  const problem = (language: string) => errorAt(error, `consentText.${language}`);
  const wanted = [chosen, languages.find(problem), usual].find((one) => one && languages.includes(one));
  const language = wanted ?? languages[0] ?? usual;
  const wrong = languages.filter((one) => one !== language && problem(one));
  return (
    <Stack gap="xs">
      <NativeSelect
        label={text.consentLanguage}
        value={language}
        onChange={(event) => setChosen(event.currentTarget.value)}
        error={
          wrong.length > 0
            ? wrong.map((one) => `${nameOfLanguage(one)}: ${problem(one)}`).join(" ")
            : undefined
        }
        data={languages.map((one) => ({
          value: one,
          label: texts[one]?.trim() ? `${nameOfLanguage(one)} ✓` : nameOfLanguage(one),
        }))}
        maw={320}
      />
      <Textarea
        label={fill(text.consentText, { language })}
        description={text.consentHint}
        value={texts[language] ?? ""}
        onChange={(event) => onChange({ ...texts, [language]: event.currentTarget.value })}
        error={problem(language)}
        lang={language}
        autosize
        minRows={2}
        maxLength={2_000}
      />
    </Stack>
  );
}
