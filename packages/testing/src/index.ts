export {
  type AgentsWay,
  type CustomersAnswers,
  FakeAgent,
  FakeCustomer,
  FakeParticipant,
} from "@copane/server/participants";
export { startTestServer, type TestServer } from "./server.ts";
