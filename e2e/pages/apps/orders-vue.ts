import { createApp } from "vue";

createApp({
  data: () => ({ name: "", gift: false, size: "S", count: 1, items: [] as string[] }),
  methods: {
    add(this: { name: string; size: string; count: number; items: string[] }) {
      this.items.push(`${this.name} ${this.size} ${this.count}`);
      this.name = "";
    },
  },
  template: `
    <form @submit.prevent="add">
      <input id="name" :value="name" @input="name = $event.target.value.toUpperCase()">
      <label><input id="gift" type="checkbox" v-model="gift"> Gift</label>
      <select id="size" v-model="size"><option>S</option><option>M</option><option>L</option></select>
      <input id="count" type="range" min="0" max="10" v-model.number="count">
      <button id="add">Add</button>
      <p id="state">{{ [name, gift ? "gift" : "no gift", size, count].join("|") }}</p>
      <ul id="items"><li v-for="item in items" :key="item">{{ item }}</li></ul>
    </form>`,
}).mount("#app");
