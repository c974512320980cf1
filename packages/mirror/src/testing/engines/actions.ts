import type { At, EngineMouse, EnginePage } from "./types.ts";

/** Keys that have no letter of their own, as WebDriver writes them. */
const codes: Record<string, string> = {
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Alt: "\uE00A",
  Escape: "\uE00C",
  Space: " ",
  PageUp: "\uE00E",
  PageDown: "\uE00F",
  End: "\uE010",
  Home: "\uE011",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  Delete: "\uE017",
  Meta: "\uE03D",
};

const buttons = { left: 0, middle: 1, right: 2 } as const;

/** One input source of WebDriver's "perform actions", which the classic protocol and BiDi share. */
export type ActionSource = {
  type: "key" | "pointer";
  id: string;
  actions: Record<string, unknown>[];
} & Record<string, unknown>;

/** Keys and mouse of a page whose browser takes WebDriver's actions. */
export function actionInput(
  perform: (source: ActionSource) => Promise<unknown>,
): Pick<EnginePage, "press" | "type" | "mouse"> {
  const keys = (actions: Record<string, unknown>[]) => perform({ type: "key", id: "keys", actions });
  const pointer = (actions: Record<string, unknown>[]) =>
    perform({ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions });
  const mouse: EngineMouse = {
    move: async (at) => {
      await pointer([moveTo(at)]);
    },
    click: async (at, { count = 1, button = "left" } = {}) => {
      const press = [
        { type: "pointerDown", button: buttons[button] },
        { type: "pointerUp", button: buttons[button] },
      ];
      await pointer([moveTo(at), ...Array.from({ length: count }, () => press).flat()]);
    },
    drag: async (from, ...path) => {
      // Each step is a frame or more: browsers join what comes faster.
      const moves = path.flatMap((at) => [moveTo(at), { type: "pause", duration: 40 }]);
      const [down, up] = ["pointerDown", "pointerUp"].map((type) => ({ type, button: 0 }));
      await pointer([moveTo(from), down as object, ...moves, up as object] as Record<string, unknown>[]);
    },
  };
  return {
    press: async (...pressed) => {
      for (const one of pressed) await keys(chord(one));
    },
    type: async (text) => {
      await keys([...text].flatMap(chord));
    },
    mouse,
  };
}

/** Presses and releases of `Control+Shift+a`, the modifiers held around the key. */
function chord(keys: string): Record<string, unknown>[] {
  const parts = keys.length > 1 ? keys.split("+") : [keys];
  const values = parts.map((part) => codes[part] ?? part);
  return [
    ...values.map((value) => ({ type: "keyDown", value })),
    ...[...values].reverse().map((value) => ({ type: "keyUp", value })),
  ];
}

function moveTo([x, y]: At): Record<string, unknown> {
  return { type: "pointerMove", x: Math.round(x), y: Math.round(y), duration: 0 };
}
