export { type Actor, createActor } from "./actor.ts";
