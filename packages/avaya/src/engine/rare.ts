export { RareWatchers } from "@copane/mirror/rare";
