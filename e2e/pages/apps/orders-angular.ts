import "@angular/compiler";
import { Component } from "@angular/core";
import { FormsModule } from "@angular/forms";
import { bootstrapApplication } from "@angular/platform-browser";

// Called rather than written with @, so that no build needs TypeScript's old decorators.
const Orders = Component({
  selector: "#app",
  imports: [FormsModule],
  template: `
    <form (ngSubmit)="add()">
      <input id="name" name="name" [ngModel]="name" (ngModelChange)="name = $event.toUpperCase()">
      <label><input id="gift" name="gift" type="checkbox" [(ngModel)]="gift"> Gift</label>
      <select id="size" name="size" [(ngModel)]="size"><option>S</option><option>M</option><option>L</option></select>
      <input id="count" name="count" type="range" min="0" max="10" [(ngModel)]="count">
      <button id="add">Add</button>
      <p id="state">{{ name }}|{{ gift ? "gift" : "no gift" }}|{{ size }}|{{ count }}</p>
      <ul id="items">@for (item of items; track item) { <li>{{ item }}</li> }</ul>
    </form>`,
})(
  class {
    name = "";
    gift = false;
    size = "S";
    count = 1;
    items: string[] = [];

    add(): void {
      this.items.push(`${this.name} ${this.size} ${this.count}`);
      this.name = "";
    }
  },
);

bootstrapApplication(Orders).catch((error) => console.error(error));
