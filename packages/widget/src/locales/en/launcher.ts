export const launcher = "Get help on this page";
