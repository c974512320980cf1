import { expect, test } from "vitest";
import { Loads } from "./loads.ts";

const shop = "https://www.shop.example.com/cart";

test("a policy can be made of nothing but what hosts and origins are called", () => {
  const sources = new Loads({
    from: "public",
    allow: ["a.corp; script-src *", "'unsafe-eval'", "data:", "b.corp"],
  });
  expect(sources.sources(shop)).toMatch(/ b\.corp:\*$/);
  expect(sources.sources(shop)).not.toMatch(/[;']|script-src|data:/);
});

test("the page's own origin counts once in a session, and only where it has no public name", () => {
  const loads = new Loads({ from: "public", allow: [] });
  const own = (url: string) =>
    loads
      .sources(url)
      .split(" ")
      .filter((source) => source.includes("//"));
  expect(own(shop)).toEqual([]);
  expect(own("http://intranet:8080/wiki")).toEqual(["http://intranet:8080"]);
  expect(own("http://10.0.0.2/")).toEqual([]);
  expect(own("http://intranet:8080/other")).toEqual(["http://intranet:8080"]);
  expect(own("javascript:alert(1)")).toEqual([]);
});

test("nothing is nothing, and everything is every address of the web", () => {
  expect(new Loads({ from: "none", allow: ["*", "cdn.example"] }).sources(shop)).toBe("");
  expect(new Loads({ from: "public", allow: ["*"] }).sources(shop)).toBe("http: https:");
});
