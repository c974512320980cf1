import { useState } from "react";
import { createRoot } from "react-dom/client";

function Orders() {
  const [name, setName] = useState("");
  const [gift, setGift] = useState(false);
  const [size, setSize] = useState("S");
  const [count, setCount] = useState(1);
  const [items, setItems] = useState<string[]>([]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setItems([...items, `${name} ${size} ${count}`]);
        setName("");
      }}
    >
      <input id="name" value={name} onChange={(event) => setName(event.target.value.toUpperCase())} />
      <label>
        <input id="gift" type="checkbox" checked={gift} onChange={(event) => setGift(event.target.checked)} />
        Gift
      </label>
      <select id="size" value={size} onChange={(event) => setSize(event.target.value)}>
        <option>S</option>
        <option>M</option>
        <option>L</option>
      </select>
      <input
        id="count"
        type="range"
        min={0}
        max={10}
        value={count}
        onChange={(event) => setCount(Number(event.target.value))}
      />
      <button id="add" type="submit">
        Add
      </button>
      <p id="state">{[name, gift ? "gift" : "no gift", size, count].join("|")}</p>
      <ul id="items">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </form>
  );
}

createRoot(document.getElementById("app") as HTMLElement).render(<Orders />);
