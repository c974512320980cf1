/**
 * What the session fetches on request: one script, `copane-<name>.js`, for each. It has the named things of the
 * named modules. `src/parts.ts` has their types.
 */
export const parts = {
  /** What makes the panel a card that can be moved, and its look once an agent is there. Comes after the panel. */
  card: {
    "./src/ui/place.ts": ["Place"],
    "./src/ui/card-style.ts": ["style"],
  },
  /** The chat, once somebody writes or wants to. */
  chat: {
    "@copane/client/chat": ["CustomerChat"],
    "./src/ui/chat.ts": ["ChatBox"],
    "./src/ui/chat-style.ts": ["style"],
  },
  /** Asks by functions of the site, where it has set some. */
  confirm: { "./src/confirm.ts": ["SiteQuestions"] },
  /** What lets an agent act in the page and shows the customer where, once control is asked for. */
  control: {
    "@copane/client/control": ["CustomerControl"],
    "./src/ui/control-ui.ts": ["ControlUi"],
    "./src/ui/control-style.ts": ["style"],
  },
  /** What a site's own interface stands on, in place of the panel. */
  own: { "./src/own.ts": ["giveControls", "isAsked"] },
  /** Says who the customer is, where the site does. */
  identity: { "./src/identity.ts": ["introduce"] },
  /** Mirrors pages of other origins in frames of the customer's page, where the site names such origins. */
  "frame-host": { "@copane/mirror/subframes": ["SubframeHost"] },
  /** Drawing and pointing, once somebody marks something. */
  marks: {
    "@copane/mirror/marks": ["createCustomerMarks"],
    "./src/ui/marks-ui.ts": ["createMarksUi"],
    "./src/ui/marks-style.ts": ["style"],
  },
  /** What mirrors the page and decides what of it may leave. The loader asks for it together with the session. */
  mirror: { "@copane/mirror/capture": ["createCapture"] },
  /** What the customer sees of an agent's hand in the page, once an agent points. */
  pointer: {
    "@copane/client/customer": ["Overlay", "overlayStyle as style"],
    "@copane/mirror/control": ["pointedAt"],
  },
  /** Features of the mirror that few pages need, once its page does. */
  features: { "@copane/mirror/features": ["RequestedFeatures"] },
  /** Screens of rarer moments, and what lifts the widget over a modal dialog, when one comes. */
  screens: {
    "@copane/client/match": ["CustomerMatch"],
    "./src/ui/lift.ts": ["Lift"],
    "./src/ui/screens.ts": ["rareScreens"],
    "./src/ui/screens-style.ts": ["style"],
  },
  /** The way by SockJS, where WebSockets do not pass. */
  sockjs: { "@copane/client/sockjs": ["openSockJs"] },
};

/**
 * What several of them need stands once, in the first that is there: these scripts export it besides, and those that
 * are loaded after them take it from there. Only what is long: each name costs some bytes, too.
 */
export const shared = {
  session: {
    "../protocol/src/binary.ts": ["ByteWriter"],
    "../mirror/src/core/globals.ts": [
      "Document",
      "Element",
      "Event",
      "JSON",
      "Map",
      "Node",
      "Promise",
      "Set",
      "URL",
      "fetch",
      "performance",
    ],
    "../mirror/src/core/dom/native.ts": ["getter", "method", "missing", "native"],
    "../mirror/src/core/on-request.ts": ["OnRequest"],
    "../mirror/src/core/undo.ts": ["Undo"],
    "../mirror/src/core/wrap.ts": ["wrap"],
    "../ui/src/dom.ts": ["h"],
    "../ui/src/settling.ts": ["Settling"],
  },
  mirror: { "../protocol/src/binary.ts": ["ByteReader", "MalformedFrameError"] },
};
