import type { At, DriverMouse, DriverPage } from "./types.ts";

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
  // F1 to F12 follow one another.
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`F${i + 1}`, String.fromCharCode(0xe031 + i)])),
};

const buttons = { left: 0, middle: 1, right: 2 } as const;

type Step = Record<string, unknown>;

/** One input source of WebDriver's "perform actions", which the classic protocol and BiDi share. */
export type ActionSource = {
  type: "key" | "pointer" | "wheel";
  id: string;
  actions: Step[];
} & Record<string, unknown>;

/** Keys and mouse of a page whose browser takes WebDriver's actions. */
export function actionInput(
  perform: (source: ActionSource) => Promise<unknown>,
): Pick<DriverPage, "press" | "type" | "mouse" | "hold" | "release" | "tap"> {
  const keys = (actions: Step[]) => perform({ type: "key", id: "keys", actions });
  const pointer = (actions: Step[]) =>
    perform({ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions });
  const down: Step = { type: "pointerDown", button: 0 };
  const up: Step = { type: "pointerUp", button: 0 };
  const mouse: DriverMouse = {
    down: async () => {
      await pointer([down]);
    },
    up: async () => {
      await pointer([up]);
    },
    wheel: async ([x, y], deltaX, deltaY) => {
      const scroll = { type: "scroll", x: Math.round(x), y: Math.round(y), deltaX, deltaY, duration: 0 };
      await perform({ type: "wheel", id: "wheel", actions: [scroll] });
    },
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
      await pointer([moveTo(from), down, ...moves, up]);
    },
  };
  return {
    press: async (...pressed) => {
      for (const one of pressed) await keys(chord(one));
    },
    type: async (text) => {
      await keys([...text].flatMap(chord));
    },
    hold: async (key) => {
      await keys([{ type: "keyDown", value: codes[key] ?? key }]);
    },
    release: async (key) => {
      await keys([{ type: "keyUp", value: codes[key] ?? key }]);
    },
    tap: async (at) => {
      await perform({
        type: "pointer",
        id: "finger",
        parameters: { pointerType: "touch" },
        actions: [moveTo(at), down, up],
      });
    },
    mouse,
  };
}

/** Presses and releases of `Control+Shift+a`, the modifiers held around the key. */
function chord(keys: string): Step[] {
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
