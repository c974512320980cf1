import { Calendar } from "fullcalendar";
import dayGrid from "fullcalendar/daygrid";
import interaction from "fullcalendar/interaction";
import list from "fullcalendar/list";
import classic from "fullcalendar/themes/classic";
import timeGrid from "fullcalendar/timegrid";

for (const sheet of ["skeleton.css", "themes/classic/theme.css", "themes/classic/palette.css"]) {
  const link = document.head.appendChild(document.createElement("link"));
  link.rel = "stylesheet";
  link.href = `/lib/${sheet}`;
}

const app = document.getElementById("app") as HTMLElement;
const bar = app.appendChild(document.createElement("p"));
const place = app.appendChild(document.createElement("div"));
const day = (n: number) => `2026-03-${String(n).padStart(2, "0")}`;
const calendar = new Calendar(place, {
  plugins: [dayGrid, timeGrid, list, interaction, classic],
  initialDate: "2026-03-10",
  now: "2026-03-10T09:30:00",
  height: 720,
  editable: true,
  events: Array.from({ length: 40 }, (_, i) =>
    i % 4
      ? { title: `Call ${i}`, start: `${day((i % 28) + 1)}T${String(8 + (i % 9)).padStart(2, "0")}:00:00` }
      : { title: `Trip ${i}`, start: day((i % 25) + 1), end: day((i % 25) + 4) },
  ),
});
const buttons: [string, () => void][] = [
  ["next", () => calendar.next()],
  ...["dayGridMonth", "timeGridWeek", "listMonth"].map((view): [string, () => void] => [
    view,
    () => calendar.changeView(view),
  ]),
];
for (const [id, press] of buttons) {
  const button = bar.appendChild(document.createElement("button"));
  button.id = id;
  button.textContent = id;
  button.onclick = press;
}
calendar.render();
app.dataset.ready = "";
