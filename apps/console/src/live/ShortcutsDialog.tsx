import { viewKeys } from "@copane/agent-view";
import { Kbd, Modal, Stack, Switch, Text } from "@mantine/core";
import { text } from "../text.ts";
import { deskKeys, toolKeys } from "./shortcuts.ts";

interface ShortcutsDialogProps {
  on: boolean;
  onChange: (on: boolean) => void;
  onClose: () => void;
}

/** All keys in one place. */
export function ShortcutsDialog({ on, onChange, onClose }: ShortcutsDialogProps) {
  const groups = [
    [
      text.keysSession,
      [
        [viewKeys.control, text.keyControl],
        [viewKeys.suggest, text.keySuggest],
        [viewKeys.people, text.keyPeople],
        [viewKeys.fetch, text.keyFetch],
        [viewKeys.end, text.keyEnd],
        ["F6", text.keyLeave],
      ],
    ],
    [
      text.toolsDraw,
      tools(
        "point",
        "freehand",
        "rectangle",
        "circle",
        "arrow",
        "note",
        "laser",
        "marker",
        "undo",
        "clearOwn",
      ),
    ],
    [text.toolsView, tools("zoomOut", "zoomIn", "fit", "actualSize")],
    [
      text.desk,
      [
        [deskKeys.home, text.home],
        [deskKeys.nextSession, text.nextSession],
        [deskKeys.previousSession, text.previousSession],
        ["?", text.shortcuts],
      ],
    ],
  ] as const;
  return (
    <Modal
      opened
      onClose={onClose}
      title={text.shortcuts}
      size="lg"
      centered
      closeButtonProps={{ "aria-label": text.close }}
    >
      <Stack>
        <Switch
          label={text.shortcutsOn}
          checked={on}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <div className="keys" data-off={!on}>
          {groups.map(([title, lines]) => (
            <section key={title}>
              <Text component="h3" size="sm" fw={620}>
                {title}
              </Text>
              <dl>
                {lines.map(([key, label]) => (
                  <div key={key}>
                    <dt>{label}</dt>
                    <dd>
                      <Kbd>{key}</Kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </Stack>
    </Modal>
  );
}

function tools(...names: (keyof typeof toolKeys)[]): [key: string, label: string][] {
  return names.map((name) => [toolKeys[name], text[name]]);
}
