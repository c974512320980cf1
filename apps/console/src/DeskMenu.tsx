import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { LanguageChoice } from "./LanguageChoice.tsx";
import { type AlertWishes, mayNotify } from "./session/alerts.ts";
import { text } from "./text.ts";

interface DeskMenuProps {
  wishes: AlertWishes;
  onWishes: (wishes: AlertWishes) => void;
  onShortcuts: () => void;
  onCanned: () => void;
  /** Whether language, light and dark are in it too: in a session they have no buttons of their own. */
  all: boolean;
}

/** The desk's own settings: how it tells of news, its keys, canned lines. */
export function DeskMenu({ wishes, onWishes, onShortcuts, onCanned, all }: DeskMenuProps) {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";

  async function notify(on: boolean) {
    const allowed = on && mayNotify() === "default" ? await Notification.requestPermission() : mayNotify();
    onWishes({ ...wishes, notify: on && allowed === "granted" });
  }

  return (
    <Menu position="bottom-end" width={290}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className="tool"
          aria-label={text.settings}
          title={text.settings}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.CheckboxItem
          closeMenuOnClick={false}
          checked={wishes.sound}
          onChange={(sound) => onWishes({ ...wishes, sound })}
        >
          {text.sound}
        </Menu.CheckboxItem>
        <Menu.CheckboxItem
          closeMenuOnClick={false}
          checked={wishes.notify}
          disabled={mayNotify() === "denied"}
          onChange={(on) => void notify(on)}
        >
          {mayNotify() === "denied" ? text.notifyDenied : text.notify}
        </Menu.CheckboxItem>
        <Menu.Divider />
        <Menu.Item onClick={onCanned}>{text.canned}</Menu.Item>
        <Menu.Item onClick={onShortcuts} rightSection={<kbd>?</kbd>}>
          {text.shortcuts}
        </Menu.Item>
        {all && (
          <>
            <Menu.Divider />
            <Menu.Sub>
              <Menu.Sub.Target>
                <Menu.Sub.Item>{text.deskLanguage}</Menu.Sub.Item>
              </Menu.Sub.Target>
              <Menu.Sub.Dropdown mah="70vh" style={{ overflowY: "auto" }}>
                <LanguageChoice />
              </Menu.Sub.Dropdown>
            </Menu.Sub>
            <Menu.Item closeMenuOnClick={false} onClick={() => setColorScheme(dark ? "light" : "dark")}>
              {text.light}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
