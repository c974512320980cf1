import { askedConsents, type CopaneError, type PolicyVersion } from "@copane/protocol";
import { fill } from "@copane/ui";
import {
  Alert,
  Button,
  Checkbox,
  Fieldset,
  Group,
  Loader,
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import { counted, describeError } from "../../text.ts";
import type { AdminApi } from "../api.ts";
import { formatTime } from "../format.ts";
import { text } from "../text.ts";
import { useLoaded } from "../useLoaded.ts";
import { ConsentTexts } from "./ConsentTexts.tsx";
import { errorAt, formOf, languagesOf, lists, type PolicyForm, policyOf, type Time, times } from "./form.ts";

const timeLabels = {
  passphraseTtlMs: "passphraseTtl",
  agentIdleMs: "agentIdle",
  customerIdleMs: "customerIdle",
  idleWarningMs: "idleWarning",
  sessionTimeoutMs: "sessionTimeout",
} as const satisfies Record<Time, keyof typeof text>;

/** What the site decides for all its pages. */
export function PolicyView({ api, mayWrite }: { api: AdminApi; mayWrite: boolean }) {
  const { data, error } = useLoaded("policy", () => api.policy());
  if (error) return <Alert color="red">{describeError(error)}</Alert>;
  if (!data) return <Loader aria-label={text.loading} />;
  return <Editor api={api} loaded={data} mayWrite={mayWrite} />;
}

function Editor({ api, loaded, mayWrite }: { api: AdminApi; loaded: PolicyVersion; mayWrite: boolean }) {
  const [version, setVersion] = useState(loaded);
  const [form, setForm] = useState(() => formOf(loaded.policy));
  const [error, setError] = useState<CopaneError>();
  const [saved, setSaved] = useState(false);
  const [busy, setBusy] = useState(false);

  function set(change: Partial<PolicyForm>) {
    setForm({ ...form, ...change });
    setSaved(false);
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    setSaved(false);
    try {
      const next = await api.savePolicy(version.version, policyOf(form));
      setVersion(next);
      setForm(formOf(next.policy));
      setSaved(true);
    } catch (problem) {
      setError(problem as CopaneError);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={save} noValidate>
      <Stack maw={860}>
        <Text>{mayWrite ? text.policyIntro : text.policyReadOnly}</Text>
        <Text size="sm" className="admin-soft">
          {version.version === 0
            ? text.neverChanged
            : fill(text.changedBy, {
                version: version.version,
                author: version.author ?? "",
                time: version.at ? formatTime(version.at) : "",
              })}
        </Text>
        <Fields form={form} set={set} error={error} disabled={!mayWrite} />
        {error && (
          <Alert color="red" role="alert">
            {error.message}
          </Alert>
        )}
        {mayWrite && (
          <Group>
            <Button type="submit" loading={busy}>
              {text.save}
            </Button>
            <Text role="status">{saved ? text.saved : ""}</Text>
          </Group>
        )}
      </Stack>
    </form>
  );
}

interface FieldsProps {
  form: PolicyForm;
  set: (change: Partial<PolicyForm>) => void;
  error: CopaneError | undefined;
  disabled: boolean;
}

function Fields({ form, set, error, disabled }: FieldsProps) {
  const languages = languagesOf(form);
  return (
    <>
      <Fieldset legend={text.privacy} disabled={disabled} className="admin-fieldset">
        <Stack>
          <Text size="sm">{text.policyNever}</Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {lists.map((list) => (
              <Textarea
                key={list}
                label={text[list]}
                description={text[`${list}Hint`]}
                value={form.lists[list]}
                onChange={(event) => set({ lists: { ...form.lists, [list]: event.currentTarget.value } })}
                error={errorAt(error, `privacy.${list}`)}
                autosize
                minRows={3}
                maxRows={12}
                spellCheck={false}
                styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
              />
            ))}
          </SimpleGrid>
        </Stack>
      </Fieldset>
      <Fieldset legend={text.control} disabled={disabled} className="admin-fieldset">
        <NativeSelect
          label={text.controlLevel}
          value={form.controlLevel}
          onChange={(event) => set({ controlLevel: event.currentTarget.value as PolicyForm["controlLevel"] })}
          error={errorAt(error, "controlLevel")}
          data={Object.entries(text.controlLevels).map(([value, label]) => ({ value, label }))}
          maw={320}
        />
        <Checkbox
          mt="md"
          label={text.proposals}
          description={text.proposalsHint}
          checked={form.proposals}
          onChange={(event) => set({ proposals: event.currentTarget.checked })}
          error={errorAt(error, "proposals")}
        />
        <Checkbox
          mt="md"
          label={text.numberMatch}
          description={text.numberMatchHint}
          checked={form.numberMatch ?? false}
          onChange={(event) => set({ numberMatch: event.currentTarget.checked })}
          error={errorAt(error, "numberMatch")}
        />
        <Checkbox
          mt="md"
          label={text.silentObservers}
          description={text.silentObserversHint}
          checked={form.silentObservers}
          onChange={(event) => set({ silentObservers: event.currentTarget.checked })}
          error={errorAt(error, "silentObservers")}
        />
      </Fieldset>
      <Fieldset legend={text.consent} disabled={disabled} className="admin-fieldset">
        <Checkbox.Group
          label={text.consentAsked}
          description={text.consentAskedHint}
          value={form.consent}
          onChange={(consent) => set({ consent: askedConsents.filter((what) => consent.includes(what)) })}
          error={errorAt(error, "consent")}
        >
          <Stack gap="xs" mt="xs">
            {askedConsents.map((what) => (
              <Checkbox key={what} value={what} label={text.consents[what]} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Fieldset>
      <Fieldset legend={text.timeouts} disabled={disabled} className="admin-fieldset">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {times.map((time) => (
            <NumberInput
              key={time}
              label={text[timeLabels[time]]}
              value={form.minutes[time]}
              onChange={(value) => set({ minutes: { ...form.minutes, [time]: value } })}
              error={errorAt(error, `timeouts.${time}`)}
              suffix={` ${counted(text.minutes, { count: Number(form.minutes[time]) })}`}
              min={0}
              decimalScale={2}
              hideControls
            />
          ))}
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend={text.languages} disabled={disabled} className="admin-fieldset">
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label={text.offered}
              description={text.offeredHint}
              value={form.offered}
              onChange={(event) => set({ offered: event.currentTarget.value })}
              error={errorAt(error, "languages.offered")}
            />
            <NativeSelect
              label={text.defaultLanguage}
              description={text.defaultHint}
              value={form.defaultLanguage}
              onChange={(event) => set({ defaultLanguage: event.currentTarget.value })}
              error={errorAt(error, "languages.default")}
              data={
                languages.includes(form.defaultLanguage) ? languages : [form.defaultLanguage, ...languages]
              }
            />
          </SimpleGrid>
          <ConsentTexts
            languages={languages}
            usual={form.defaultLanguage}
            texts={form.consentText}
            error={error}
            onChange={(consentText) => set({ consentText })}
          />
        </Stack>
      </Fieldset>
      <Fieldset legend={text.retention} disabled={disabled} className="admin-fieldset">
        <NumberInput
          label={text.retentionDays}
          description={text.retentionHint}
          value={form.retentionDays}
          onChange={(retentionDays) => set({ retentionDays })}
          error={errorAt(error, "retentionDays")}
          suffix={` ${counted(text.days, { count: Number(form.retentionDays) })}`}
          min={0}
          hideControls
          maw={320}
        />
      </Fieldset>
    </>
  );
}
