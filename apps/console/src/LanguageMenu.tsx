import { ActionIcon, Menu } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import { LanguageChoice } from "./LanguageChoice.tsx";
import { text } from "./text.ts";

/** The language that the desk speaks, each named by those who speak it. */
export function LanguageMenu() {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className="tool"
          aria-label={text.deskLanguage}
          title={text.deskLanguage}
        >
          <IconLanguage size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: "auto" }}>
        <LanguageChoice closes />
      </Menu.Dropdown>
    </Menu>
  );
}
