export { type AgentsWay, FakeAgent } from "./agent.ts";
export { type CustomersAnswers, FakeCustomer } from "./customer.ts";
export { FakeParticipant } from "./participant.ts";
