// The sample shop: plain scripts, no framework, as many real shops are.
const products = [
  {
    id: "coat",
    name: "Quay coat",
    category: "coats",
    price: 289,
    stock: true,
    text: "Waxed cotton, storm collar, a lining that dries by morning.",
  },
  {
    id: "parka",
    name: "Moss parka",
    category: "coats",
    price: 245,
    stock: true,
    text: "A long parka with deep pockets and a hood that stays up.",
  },
  {
    id: "trench",
    name: "Dune trench",
    category: "coats",
    price: 310,
    stock: false,
    text: "Belted, double-breasted, cut for cycling.",
  },
  {
    id: "sweater",
    name: "Lighthouse sweater",
    category: "knitwear",
    price: 124,
    stock: true,
    text: "Five-gauge lambswool, knitted in one piece.",
  },
  {
    id: "cardigan",
    name: "Fjord cardigan",
    category: "knitwear",
    price: 138,
    stock: true,
    text: "Merino with horn buttons.",
  },
  {
    id: "scarf",
    name: "Heather scarf",
    category: "knitwear",
    price: 48,
    stock: true,
    text: "Two metres of brushed alpaca.",
  },
  {
    id: "satchel",
    name: "Harbour satchel",
    category: "bags",
    price: 176,
    stock: true,
    text: "Bridle leather that darkens with the years.",
  },
  {
    id: "duffel",
    name: "Pine duffel",
    category: "bags",
    price: 158,
    stock: true,
    text: "Forty litres, cabin size.",
  },
  {
    id: "tote",
    name: "Market tote",
    category: "bags",
    price: 42,
    stock: false,
    text: "Heavy canvas, long handles.",
  },
];
const money = (value) => new Intl.NumberFormat("en", { style: "currency", currency: "EUR" }).format(value);
const find = (selector, root = document) => root.querySelector(selector);
const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

const basket = {
  get items() {
    return JSON.parse(localStorage.getItem("basket") ?? "[]");
  },
  set items(items) {
    localStorage.setItem("basket", JSON.stringify(items));
    basket.show();
  },
  show() {
    find("[data-basket-count]").textContent = String(
      basket.items.reduce((sum, item) => sum + item.quantity, 0),
    );
  },
};
basket.show();

const catalogue = find("[data-catalogue]");
if (catalogue) {
  const form = find("[data-filters]");
  const orders = {
    name: (a, b) => a.name.localeCompare(b.name),
    low: (a, b) => a.price - b.price,
    high: (a, b) => b.price - a.price,
  };
  const show = () => {
    const { category, sort, stock, query } = form.elements;
    const shown = products
      .filter((product) => !category.value || product.category === category.value)
      .filter((product) => !stock.checked || product.stock)
      .filter((product) => product.name.toLowerCase().includes(query.value.toLowerCase()))
      .sort(orders[sort.value]);
    find("[data-count]").textContent = `${shown.length} products`;
    catalogue.replaceChildren(...shown.map(card));
  };
  const card = (product) => {
    const link = element(
      "a",
      { href: `product.html?id=${product.id}` },
      element("img", { src: `img/${product.id}.svg`, width: 240, height: 240, alt: "" }),
      element(
        "div",
        {},
        element("h2", { textContent: product.name }),
        element("p", { className: "price", textContent: money(product.price) }),
        ...(product.stock ? [] : [element("p", { className: "out", textContent: "Back in spring" })]),
      ),
    );
    return element("li", { className: "card" }, link);
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}

const detail = find("[data-product]");
if (detail) {
  const product =
    products.find(({ id }) => id === new URLSearchParams(location.search).get("id")) ?? products[0];
  let size = "M";
  document.title = `${product.name} · Harbour & Pine`;
  find("[data-name]").textContent = product.name;
  find("[data-price]").textContent = money(product.price);
  find("[data-text]").textContent = product.text;
  const main = find("[data-main-image]");
  const pictures = [product.id, "coat-back", "satchel"];
  const pick = (picture) => {
    main.src = `img/${picture}.svg`;
    for (const thumb of find("[data-thumbs]").children)
      thumb.setAttribute("aria-pressed", String(thumb.dataset.picture === picture));
  };
  for (const picture of pictures) {
    const thumb = element(
      "button",
      { type: "button" },
      element("img", { src: `img/${picture}.svg`, alt: `Picture of ${product.name}` }),
    );
    thumb.dataset.picture = picture;
    thumb.addEventListener("click", () => pick(picture));
    find("[data-thumbs]").append(thumb);
  }
  pick(product.id);
  const chooseSize = (chosen) => {
    size = chosen;
    for (const button of find("[data-sizes]").children)
      button.setAttribute("aria-pressed", String(button.textContent === chosen));
  };
  for (const name of ["S", "M", "L", "XL"]) {
    const button = element("button", { type: "button", textContent: name });
    button.addEventListener("click", () => chooseSize(name));
    find("[data-sizes]").append(button);
  }
  chooseSize("M");
  find("[data-add]").addEventListener("click", () => {
    const quantity = Number(find("[data-quantity]").value) || 1;
    basket.items = [...basket.items, { id: product.id, size, quantity }];
    find("[data-added]").textContent = `${quantity} × ${product.name}, size ${size}, is in your basket.`;
  });
}

const cart = find("[data-cart]");
if (cart) {
  const show = () => {
    const { items } = basket;
    const rows = items.map((item, index) => {
      const product = products.find(({ id }) => id === item.id);
      const remove = element("button", { type: "button", textContent: "Remove" });
      remove.setAttribute("aria-label", `Remove ${product.name}`);
      remove.addEventListener("click", () => {
        basket.items = basket.items.filter((_, at) => at !== index);
        show();
      });
      return element(
        "tr",
        {},
        element("td", { textContent: product.name }),
        element("td", { textContent: item.size }),
        element("td", { textContent: String(item.quantity) }),
        element("td", { textContent: money(product.price * item.quantity) }),
        element("td", {}, remove),
      );
    });
    const head = element(
      "tr",
      {},
      ...["Product", "Size", "Quantity", "Price", ""].map((textContent) => element("th", { textContent })),
    );
    cart.replaceChildren(
      rows.length
        ? element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows))
        : element("p", { textContent: "Your basket is empty." }),
    );
    find("[data-total]").textContent = money(
      items.reduce((sum, item) => sum + products.find(({ id }) => id === item.id).price * item.quantity, 0),
    );
  };
  show();
}

const checkout = find("[data-checkout]");
if (checkout) {
  find("[data-show-password]").addEventListener("change", (event) => {
    checkout.elements.password.type = event.target.checked ? "text" : "password";
  });
  const check = (field) => field.setAttribute("aria-invalid", String(!field.checkValidity()));
  checkout.addEventListener("change", (event) => check(event.target));
  checkout.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = [...checkout.elements].filter((field) => field.willValidate && !field.checkValidity());
    for (const field of checkout.elements) if (field.willValidate) check(field);
    const errors = find("[data-errors]");
    errors.hidden = wrong.length === 0;
    errors.textContent = wrong.length
      ? `Please check: ${wrong.map((field) => field.labels[0]?.firstChild.textContent.trim()).join(", ")}.`
      : "";
    find("[data-done]").textContent = wrong.length ? "" : "Thank you. Your order is on its way (not really).";
    wrong[0]?.focus();
  });
}

const orders = find("[data-orders]");
if (orders) {
  const rows = [
    ["2026-11-03", 20418, 214, "Delivered"],
    ["2026-09-21", 19870, 58, "Returned"],
    ["2026-06-02", 18231, 342.5, "Delivered"],
    ["2026-02-14", 16004, 129, "Delivered"],
  ].map(([date, number, total, status]) => ({ date, number, total, status }));
  const show = (key) => {
    rows.sort((a, b) => (a[key] < b[key] ? 1 : -1));
    find("tbody", orders).replaceChildren(
      ...rows.map((row) =>
        element(
          "tr",
          {},
          ...[row.date, row.number, money(row.total), row.status].map((text) =>
            element("td", { textContent: String(text) }),
          ),
        ),
      ),
    );
  };
  for (const button of orders.querySelectorAll("[data-sort]"))
    button.addEventListener("click", () => show(button.dataset.sort));
  show("date");
  find("[data-open-dialog]").addEventListener("click", () => find("[data-dialog]").showModal());
}

if (find("[data-tab]")) {
  const show = () => {
    const current = location.hash.slice(1) || "delivery";
    for (const section of document.querySelectorAll("[data-tab]"))
      section.hidden = section.dataset.tab !== current;
    for (const tab of document.querySelectorAll("[role=tab]"))
      tab.setAttribute("aria-selected", String(tab.hash === `#${current}`));
  };
  addEventListener("hashchange", show);
  show();
  customElements.define(
    "opening-hours",
    class extends HTMLElement {
      connectedCallback() {
        const root = this.attachShadow({ mode: "open" });
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(
          ":host{display:block;margin-top:24px;padding:16px;border:1px solid var(--line);border-radius:10px} h2{margin:0 0 6px;font-size:1.1rem} button{font:inherit}",
        );
        root.adoptedStyleSheets = [sheet];
        const hours = element("p", { textContent: "Monday to Friday, 8 to 18" });
        const more = element("button", { type: "button", textContent: "Weekend" });
        more.addEventListener("click", () => {
          hours.textContent = "Saturday, 9 to 13";
        });
        root.append(element("h2", { textContent: "Opening hours" }), hours, more);
      }
    },
  );
}
