export { RareWatchers } from "@copane/mirror/features";
