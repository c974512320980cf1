export const launcher = {
  open: "Get help on this page",
  failed: "Help cannot be reached. Try again",
};

export type LauncherMessages = typeof launcher;
