import { languages } from "@copane/ui";
import { ActionIcon, Menu } from "@mantine/core";
import { IconCheck, IconLanguage } from "@tabler/icons-react";
import { choose, language, nameOfLanguage, text } from "./text.ts";

/** The language that the desk speaks, each named by those who speak it. */
export function LanguageMenu() {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label={text.deskLanguage} title={text.deskLanguage}>
          <IconLanguage size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: "auto" }}>
        {languages.map((one) => (
          <Menu.Item
            key={one}
            role="menuitemradio"
            aria-checked={one === language}
            lang={one}
            dir="auto"
            leftSection={<IconCheck size={16} opacity={one === language ? 1 : 0} />}
            onClick={() => choose(one)}
          >
            {nameOfLanguage(one)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
