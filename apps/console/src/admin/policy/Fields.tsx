import { askedConsents, type CopaneError } from "@copane/protocol";
import {
  Checkbox,
  Fieldset,
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { ReactNode } from "react";
import { counted } from "../../text.ts";
import { text } from "../text.ts";
import { ConsentTexts } from "./ConsentTexts.tsx";
import { errorAt, languagesOf, lists, type PolicyForm, timeLabels, times } from "./form.ts";
import { idOf, type Section } from "./Sections.tsx";

interface FieldsProps {
  form: PolicyForm;
  set: (change: Partial<PolicyForm>) => void;
  error: CopaneError | undefined;
  disabled: boolean;
}

/** Everything that the policy decides, part by part. */
export function Fields({ form, set, error, disabled }: FieldsProps) {
  const languages = languagesOf(form);
  return (
    <>
      <Part is="privacy" disabled={disabled}>
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
      </Part>
      <Part is="control" disabled={disabled}>
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
      </Part>
      <Part is="consent" disabled={disabled}>
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
      </Part>
      <Part is="timeouts" disabled={disabled}>
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
      </Part>
      <Part is="languages" disabled={disabled}>
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
      </Part>
      <Part is="retention" disabled={disabled}>
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
      </Part>
    </>
  );
}

interface PartProps {
  is: Section;
  disabled: boolean;
  children: ReactNode;
}

/** One part of the policy, to which the index leads. */
function Part({ is, disabled, children }: PartProps) {
  return (
    <Fieldset id={idOf(is)} tabIndex={-1} legend={text[is]} disabled={disabled} className="admin-fieldset">
      {children}
    </Fieldset>
  );
}
