export const launcher = {
  open: "Get help on this page",
  tooOld: "This browser is too old to share the page. A newer one can.",
  failed: "Help cannot be reached. Try again",
};

export type LauncherMessages = typeof launcher;
