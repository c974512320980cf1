import "@material/web/all.js";

const dialog = document.getElementById("dialog") as HTMLElement & { show(): Promise<void> };
document.getElementById("open")?.addEventListener("click", () => dialog.show());
