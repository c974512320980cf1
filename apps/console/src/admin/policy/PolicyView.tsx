import type { CopaneError, PolicyVersion } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Fieldset, Loader, Stack, Text } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { describeError } from "../../text.ts";
import type { AdminApi } from "../api.ts";
import { Failed } from "../Failed.tsx";
import { formatZonedTime } from "../format.ts";
import { text } from "../text.ts";
import { useLoaded } from "../useLoaded.ts";
import { Fields } from "./Fields.tsx";
import { formOf, type PolicyForm, policyOf } from "./form.ts";
import { LeaveGuard } from "./LeaveGuard.tsx";
import { SaveBar } from "./SaveBar.tsx";
import { idOf, Sections } from "./Sections.tsx";
import { TryOut } from "./TryOut.tsx";
import { Versions } from "./Versions.tsx";

/** What the site decides for all its pages. */
export function PolicyView({ api, mayWrite }: { api: AdminApi; mayWrite: boolean }) {
  const { data, error, reload } = useLoaded("policy", () => api.policy());
  if (error) return <Failed error={error} onRetry={reload} />;
  if (!data) return <Loader aria-label={text.loading} />;
  return <Editor api={api} loaded={data} mayWrite={mayWrite} />;
}

function Editor({ api, loaded, mayWrite }: { api: AdminApi; loaded: PolicyVersion; mayWrite: boolean }) {
  const [version, setVersion] = useState(loaded);
  const [form, setForm] = useState(() => formOf(loaded.policy));
  const [error, setError] = useState<CopaneError>();
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const body = useRef<HTMLFormElement>(null);
  const unsaved = JSON.stringify(form) !== JSON.stringify(formOf(version.policy));

  // The entry that was refused is where the work goes on.
  useEffect(() => {
    if (error) body.current?.querySelector<HTMLElement>("[aria-invalid=true], [data-error]")?.focus();
  }, [error]);

  function put(next: PolicyForm, words = "") {
    setForm(next);
    setSaid(words);
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const next = await api.savePolicy(version.version, policyOf(form));
      setVersion(next);
      put(formOf(next.policy), text.saved);
    } catch (problem) {
      setError(problem as CopaneError);
      // Said once: of an entry, by the entry itself.
      setSaid((problem as CopaneError).field ? text.notSaved : describeError(problem));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={save} noValidate ref={body} className="admin-policy">
      <Sections />
      <Stack>
        <Text>{mayWrite ? text.policyIntro : text.policyReadOnly}</Text>
        <Text size="sm" className="admin-soft">
          {version.version === 0
            ? text.neverChanged
            : fill(text.changedBy, {
                version: version.version,
                author: version.author ?? "",
                time: version.at ? formatZonedTime(version.at) : "",
              })}
        </Text>
        <Fields
          form={form}
          set={(change) => put({ ...form, ...change })}
          error={error}
          disabled={!mayWrite}
        />
        <Fieldset id={idOf("tryOut")} tabIndex={-1} legend={text.tryOut} className="admin-fieldset">
          <TryOut privacy={policyOf(form).privacy} />
        </Fieldset>
        <Fieldset id={idOf("versions")} tabIndex={-1} legend={text.versions} className="admin-fieldset">
          <Versions
            api={api}
            current={version.version}
            form={policyOf(form)}
            onTake={
              mayWrite
                ? (taken) => put(formOf(taken.policy), fill(text.tookOver, { version: taken.version }))
                : undefined
            }
          />
        </Fieldset>
        {mayWrite && (
          <SaveBar
            unsaved={unsaved}
            busy={busy}
            said={said}
            onDiscard={() => {
              setError(undefined);
              put(formOf(version.policy));
            }}
          />
        )}
      </Stack>
      <LeaveGuard unsaved={unsaved} />
    </form>
  );
}
