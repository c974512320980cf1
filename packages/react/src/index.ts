export { CopaneAgentView, type CopaneAgentViewProps } from "./agent.ts";
export {
  CopaneLauncher,
  type CopaneLauncherProps,
  CopaneProvider,
  useCopane,
  useCopaneEvent,
} from "./customer.ts";
