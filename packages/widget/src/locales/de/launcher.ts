export const launcher = "Hilfe auf dieser Seite";
