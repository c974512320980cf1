import { languages } from "@copane/ui";
import { Menu } from "@mantine/core";
import { choose, language, nameOfLanguage } from "./text.ts";

/** The languages of the desk as items of a menu, each named by those who speak it. */
export function LanguageChoice({ closes }: { closes?: boolean }) {
  return (
    <Menu.RadioGroup value={language} onChange={choose}>
      {languages.map((one) => (
        <Menu.RadioItem
          key={one}
          value={one}
          lang={one}
          dir="auto"
          {...(closes && { closeMenuOnClick: true })}
        >
          {nameOfLanguage(one)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
