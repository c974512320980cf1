/** The one file that works in every bundler and browser; its types are those of the package. */
declare module "sockjs-client/dist/sockjs.js" {
  export { default } from "sockjs-client";
}
