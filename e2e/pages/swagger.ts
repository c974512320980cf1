import { html } from "../support/http.ts";
import { wheel } from "../support/still.ts";
import { packageFolder } from "./modules.ts";
import type { Corpus } from "./types.ts";

/** API documentation: a React app with much nesting, inline SVG, highlighted code. */
export const swagger: Corpus = {
  name: "swagger-ui",
  about: "API documentation: a React app with much nesting, inline SVG sprites, highlighted code.",
  packages: ["swagger-ui-dist"],
  routes: async () => ({
    "/": `${packageFolder("swagger-ui-dist")}/`,
    "/api.json": { type: "application/json", body: JSON.stringify(api()) },
    "/docs": html(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>API</title>
<link rel="stylesheet" href="/swagger-ui.css"></head><body><div id="ui"></div><script src="/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: "/api.json", dom_id: "#ui", deepLinking: true })</script></body></html>`),
  }),
  pages: [
    {
      name: "api",
      path: "/docs",
      ready: (page) => page.locator(".opblock").first().waitFor(),
      use: async (page) => {
        await page.locator(".opblock-summary-control").nth(0).click();
        await page.locator(".opblock-summary-control").nth(3).click();
        await page.locator(".try-out__btn").first().click();
        await page.locator(".opblock-body input[type=text]").first().pressSequentially("42", { delay: 30 });
        await wheel(page, 700);
      },
    },
  ],
};

/** An OpenAPI document of a shop with twelve resources. */
function api() {
  const resources =
    "orders customers invoices products returns carts payments stores staff visits coupons reviews";
  const schema = { type: "object", properties: { id: { type: "integer" }, name: { type: "string" } } };
  const content = { "application/json": { schema } };
  const answer = { responses: { 200: { description: "It worked.", content } } };
  const id = {
    name: "id",
    in: "path",
    required: true,
    schema: { type: "integer" },
    description: "Its number.",
  };
  const paths = resources.split(" ").map((tag) => [
    [
      `/${tag}`,
      {
        get: {
          tags: [tag],
          summary: `All ${tag}`,
          parameters: [{ ...id, name: "page", in: "query", required: false }],
          ...answer,
        },
        post: { tags: [tag], summary: `Add to ${tag}`, requestBody: { content }, ...answer },
      },
    ],
    [
      `/${tag}/{id}`,
      {
        get: { tags: [tag], summary: `One of ${tag}`, parameters: [id], ...answer },
        put: {
          tags: [tag],
          summary: `Change one of ${tag}`,
          parameters: [id],
          requestBody: { content },
          ...answer,
        },
        delete: { tags: [tag], summary: `Remove one of ${tag}`, parameters: [id], ...answer },
      },
    ],
  ]);
  return {
    openapi: "3.0.3",
    info: { title: "Shop", version: "1.0.0", description: "Orders and all that belongs to them." },
    paths: Object.fromEntries(paths.flat()),
  };
}
