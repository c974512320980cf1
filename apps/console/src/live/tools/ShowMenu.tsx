import type { Marks } from "@copane/client/agent";
import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconEye, IconEyeOff } from "@tabler/icons-react";
import { text } from "../../text.ts";

const sides = [
  ["customer", "showCustomer"],
  ["agent", "showAgent"],
] as const;

/** Whose marks are to be seen on this desk. */
export function ShowMenu({ marks }: { marks: Marks }) {
  const hidden = sides.some(([side]) => marks.isHidden(side));
  const Icon = hidden ? IconEyeOff : IconEye;
  return (
    <Menu position="right-start" closeOnItemClick={false}>
      <Menu.Target>
        <Tooltip label={text.show} openDelay={300} position="right" withinPortal={false}>
          <ActionIcon size={32} variant="subtle" color="gray" className="tool" aria-label={text.show}>
            <Icon size={18} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {sides.map(([side, name]) => (
          <Menu.CheckboxItem
            key={side}
            checked={!marks.isHidden(side)}
            onChange={(shown) => marks.setHidden(side, !shown)}
          >
            {text[name]}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
