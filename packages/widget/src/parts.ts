/** The scripts that are fetched on request, by name: what each of them has. `parts.mjs` says what goes into them. */
export interface Parts {
  card: typeof import("./ui/place.ts");
  chat: Pick<typeof import("@copane/client/chat"), "CustomerChat"> & typeof import("./ui/chat.ts");
  confirm: typeof import("./confirm.ts");
  control: Pick<typeof import("@copane/client/control"), "CustomerControl"> &
    typeof import("./ui/control-ui.ts");
  "frame-host": Pick<typeof import("@copane/mirror/subframes"), "SubframeHost">;
  marks: Pick<typeof import("@copane/mirror/marks"), "createCustomerMarks"> &
    typeof import("./ui/marks-ui.ts");
  mirror: Pick<typeof import("@copane/mirror/capture"), "createCapture">;
  identity: Pick<typeof import("./identity.ts"), "introduce">;
  own: typeof import("./own.ts");
  pointer: Pick<typeof import("@copane/client/customer"), "Overlay"> &
    Pick<typeof import("@copane/mirror/control"), "pointedAt">;
  features: Pick<typeof import("@copane/mirror/features"), "RequestedFeatures">;
  screens: Pick<typeof import("@copane/client/match"), "CustomerMatch"> &
    typeof import("./ui/lift.ts") &
    typeof import("./ui/screens.ts");
  sockjs: Pick<typeof import("@copane/client/sockjs"), "openSockJs">;
}
