export { RequestedFeatures } from "@copane/mirror/features";
