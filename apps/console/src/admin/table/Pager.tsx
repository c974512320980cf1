import { fill } from "@copane/ui";
import { Button, Group, NativeSelect, Text } from "@mantine/core";
import { formatNumber } from "../format.ts";
import { text } from "../text.ts";

/** Rows to a page that can be chosen. */
const sizes = [25, 50, 100] as const;

interface PagerProps {
  /** The first row of this page, from 0, and how many it has; of all. */
  first: number;
  shown: number;
  total: number;
  size: number;
  onSize(size: number): void;
  onBack: (() => void) | undefined;
  onNext: (() => void) | undefined;
}

/** Which rows of how many, and the ways to the others. */
export function Pager({ first, shown, total, size, onSize, onBack, onNext }: PagerProps) {
  const range = { from: first + 1, to: first + shown, total };
  return (
    <Group justify="space-between" mt="md">
      <Text size="sm" className="admin-soft">
        {fill(text.rowsOf, Object.fromEntries(Object.entries(range).map(([k, v]) => [k, formatNumber(v)])))}
      </Text>
      <Group gap="xs">
        <NativeSelect
          size="xs"
          aria-label={text.pageSize}
          title={text.pageSize}
          value={String(size)}
          onChange={(event) => onSize(Number(event.currentTarget.value))}
          data={sizes.map(String)}
        />
        <Button variant="default" size="xs" disabled={!onBack} onClick={onBack}>
          {text.previous}
        </Button>
        <Button variant="default" size="xs" disabled={!onNext} onClick={onNext}>
          {text.next}
        </Button>
      </Group>
    </Group>
  );
}
