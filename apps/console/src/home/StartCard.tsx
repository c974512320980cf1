import { languages } from "@copane/ui";
import { Button, Paper, Select, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { describeError, language, nameOfLanguage, text } from "../text.ts";

const choices = languages.map((value) => ({ value, label: nameOfLanguage(value) }));

/** The agent begins: a key, in the customer's language. */
export function StartCard({ onCreate }: { onCreate: (locale: string) => Promise<void> }) {
  const [locale, setLocale] = useState(language);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function create() {
    setBusy(true);
    setError(undefined);
    try {
      await onCreate(locale);
    } catch (problem) {
      setError(describeError(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Paper withBorder className="card-start">
      <div>
        <Title order={2} size="h4">
          {text.newTitle}
        </Title>
        <Text c="dimmed" size="sm" mt={4}>
          {text.newText}
        </Text>
      </div>
      <Select
        label={text.language}
        data={choices}
        value={locale}
        onChange={(value) => setLocale(value ?? language)}
        allowDeselect={false}
        error={error && <span role="alert">{error}</span>}
      />
      <Button
        variant="light"
        fullWidth
        leftSection={<IconPlus size={16} />}
        loading={busy}
        onClick={() => void create()}
      >
        {text.create}
      </Button>
    </Paper>
  );
}
