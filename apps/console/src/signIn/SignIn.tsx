import type { SignInWay, SignInWaysAnswer } from "@copane/protocol";
import { Alert, Anchor, Button, Loader, Paper, Stack, Title } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { rest } from "../server.ts";
import { describeError, text } from "../text.ts";
import { ByCode } from "./ByCode.tsx";
import { ByToken } from "./ByToken.tsx";
import type { Identity } from "./identity.ts";

/** Signs in by what the server offers: the company's sign-in, a token from elsewhere, or the development code. */
export function SignIn({
  notice,
  wanted,
  onDone,
}: {
  notice?: string | undefined;
  /** What to come back to after a sign-in elsewhere: the fragment of the desk's address. */
  wanted: string;
  onDone: (identity: Identity) => void;
}) {
  const [offered, setOffered] = useState<SignInWaysAnswer>();
  const [chosen, setChosen] = useState<SignInWay>();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const ask = useCallback(() => {
    setError(undefined);
    rest.signInWays().then(setOffered, (problem: unknown) => setError(describeError(problem)));
  }, []);
  useEffect(ask, [ask]);

  async function run(work: () => Promise<void>) {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (problem) {
      setError(describeError(problem));
    } finally {
      setBusy(false);
    }
  }

  async function atCompany() {
    const { CompanySignIn } = await import("./company.ts");
    if (offered?.oidc) await new CompanySignIn(offered.oidc).begin(wanted);
  }

  const way = chosen ?? offered?.ways[0];
  const said = error ?? notice ?? (offered && !way ? text.noWays : undefined);
  const forms = { busy, onSubmit: (work: () => Promise<Identity>) => run(async () => onDone(await work())) };
  return (
    <main className="centre">
      <Paper className="card" withBorder shadow="sm" p="xl">
        <Stack>
          <Title order={1} size="h3">
            {text.signInTitle}
          </Title>
          {said && (
            <Alert color="red" role="alert">
              {said}
            </Alert>
          )}
          {!offered && !error && <Loader aria-label={text.signInTitle} />}
          {!offered && error && (
            <Button variant="default" onClick={ask}>
              {text.retry}
            </Button>
          )}
          {way === "oidc" && (
            <Button size="md" loading={busy} onClick={() => run(atCompany)}>
              {text.signInCompany}
            </Button>
          )}
          {way === "token" && <ByToken {...forms} />}
          {way === "code" && <ByCode {...forms} />}
          {offered?.ways
            .filter((other) => other !== way)
            .map((other) => (
              <Anchor
                key={other}
                component="button"
                type="button"
                size="sm"
                underline="always"
                onClick={() => {
                  setChosen(other);
                  setError(undefined);
                }}
              >
                {{ oidc: text.useCompany, token: text.useToken, code: text.useCode }[other]}
              </Anchor>
            ))}
        </Stack>
      </Paper>
    </main>
  );
}
