import type { PolicyVersion, SitePolicy } from "@copane/protocol";
import { fill } from "@copane/ui";
import { Button, Group, Loader, Modal, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { AdminApi } from "../api.ts";
import { Failed } from "../Failed.tsx";
import { formatZonedTime } from "../format.ts";
import { text } from "../text.ts";
import { useLoaded } from "../useLoaded.ts";
import { differencesOf } from "./differences.ts";

interface VersionsProps {
  api: AdminApi;
  /** The version in force, and what stands in the form. */
  current: number;
  form: SitePolicy;
  /** Without it the policy is only read. */
  onTake: ((version: PolicyVersion) => void) | undefined;
}

/** Who saved what when; each version can be compared with the form, and put into it. */
export function Versions({ api, current, form, onTake }: VersionsProps) {
  const { data, error, reload } = useLoaded(String(current), () => api.policyVersions());
  const [open, setOpen] = useState<number>();
  if (error) return <Failed error={error} onRetry={reload} />;
  if (!data) return <Loader aria-label={text.loading} />;
  if (data.length === 0) return <Text size="sm">{text.noVersions}</Text>;
  // Before the first one that was saved there was what the configuration says.
  const all = [...data, { version: 0, author: null, at: null }];
  return (
    <>
      <ul className="admin-versions">
        {all.map(({ version, author, at }) => (
          <li key={version}>
            <span>
              {author && at
                ? fill(text.changedBy, { version, author, time: formatZonedTime(at) })
                : text.neverChanged}
              {version === current && <b> · {text.inForce}</b>}
            </span>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`${text.compare}: ${fill(text.version, { version })}`}
              onClick={() => setOpen(version)}
            >
              {text.compare}
            </Button>
          </li>
        ))}
      </ul>
      <Modal
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={fill(text.version, { version: open ?? 0 })}
        size="xl"
        closeButtonProps={{ "aria-label": text.cancel }}
      >
        {open !== undefined && (
          <Compared
            api={api}
            version={open}
            form={form}
            onTake={
              onTake &&
              ((taken) => {
                setOpen(undefined);
                onTake(taken);
              })
            }
          />
        )}
      </Modal>
    </>
  );
}

interface ComparedProps extends Pick<VersionsProps, "api" | "form" | "onTake"> {
  version: number;
}

function Compared({ api, version, form, onTake }: ComparedProps) {
  const { data, error, reload } = useLoaded(String(version), () => api.policy(version));
  if (error) return <Failed error={error} onRetry={reload} />;
  if (!data) return <Loader aria-label={text.loading} />;
  const differences = differencesOf(data.policy, form);
  if (differences.length === 0) return <Text>{text.noDifference}</Text>;
  return (
    <Stack>
      <div className="admin-compared">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.setting}</Table.Th>
              <Table.Th>{fill(text.version, { version })}</Table.Th>
              <Table.Th>{text.inForm}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.map(({ name, one, other }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">{name}</Table.Th>
                <Table.Td>{one}</Table.Td>
                <Table.Td>{other}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {onTake && (
        <Group justify="flex-end">
          <Button onClick={() => onTake(data)}>{text.takeOver}</Button>
        </Group>
      )}
    </Stack>
  );
}
