import { createApp } from "vue";

interface Task {
  id: number;
  text: string;
  done: boolean;
}

createApp({
  data: () => ({
    draft: "",
    colour: "red",
    tasks: [
      { id: 1, text: "Read the contract", done: false },
      { id: 2, text: "Call the bank", done: false },
    ] as Task[],
  }),
  methods: {
    add(this: { draft: string; tasks: Task[] }) {
      this.tasks.push({ id: this.tasks.length + 1, text: this.draft, done: false });
      this.draft = "";
    },
  },
  template: `
    <main style="font: 16px sans-serif; margin: 2rem">
      <h1>Tasks</h1>
      <form @submit.prevent="add">
        <label>New task <input id="task" v-model="draft" placeholder="What next?"></label>
        <button id="add">Add</button>
      </form>
      <p id="echo">{{ draft }}</p>
      <ul>
        <li v-for="task in tasks" :key="task.id" :style="{ color: task.done ? 'gray' : 'black' }">
          <label><input type="checkbox" :id="'done-' + task.id" v-model="task.done"> {{ task.text }}</label>
        </li>
      </ul>
      <p id="open">{{ tasks.filter((task) => !task.done).length }} open</p>
      <select id="colour" v-model="colour"><option>red</option><option>green</option></select>
      <p v-if="colour === 'green'">Green it is.</p>
    </main>`,
}).mount("#app");
