/** A form in a shadow root, whose fields are custom elements with shadow roots of their own. */
class LabelledField extends HTMLElement {
  connectedCallback(): void {
    const root = this.attachShadow({ mode: "open", delegatesFocus: true });
    root.innerHTML = `<label><slot></slot> ${this.getAttribute("markup") ?? "<input>"}</label>`;
    const field = this.field;
    field.addEventListener("input", () => {
      if (this.hasAttribute("upper")) field.value = field.value.toUpperCase();
      this.dispatchEvent(new CustomEvent("field-change", { bubbles: true, composed: true }));
    });
  }

  get field(): HTMLInputElement {
    return this.shadowRoot?.querySelector("input,select") as HTMLInputElement;
  }
}
customElements.define("labelled-field", LabelledField);

class OrderForm extends HTMLElement {
  connectedCallback(): void {
    const root = this.attachShadow({ mode: "open" });
    root.innerHTML = `
      <form>
        <labelled-field id="name-field" upper markup='<input id="name">'>Name</labelled-field>
        <labelled-field id="gift-field" markup='<input id="gift" type="checkbox">'>Gift</labelled-field>
        <labelled-field id="size-field" markup='<select id="size"><option>S<option>M<option>L</select>'>Size</labelled-field>
        <labelled-field id="count-field" markup='<input id="count" type="range" min="0" max="10" value="1">'>Count</labelled-field>
        <button id="add">Add</button>
        <p id="state"></p>
        <ul id="items"></ul>
      </form>`;
    const field = (name: string) => (root.getElementById(`${name}-field`) as LabelledField).field;
    const show = () => {
      const gift = field("gift").checked ? "gift" : "no gift";
      const state = root.getElementById("state") as HTMLElement;
      state.textContent = [field("name").value, gift, field("size").value, field("count").value].join("|");
    };
    const form = root.querySelector("form") as HTMLFormElement;
    root.addEventListener("field-change", show);
    // Fields in other shadow roots send no form by Enter: this one does it itself.
    root.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Enter") form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const item = document.createElement("li");
      item.textContent = `${field("name").value} ${field("size").value} ${field("count").value}`;
      root.getElementById("items")?.append(item);
      field("name").value = "";
      show();
    });
    show();
  }
}
customElements.define("order-form", OrderForm);

document.getElementById("app")?.append(document.createElement("order-form"));
