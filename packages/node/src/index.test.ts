import { once } from "node:events";
import { createServer as createHttp } from "node:http";
import type { AddressInfo } from "node:net";
import { paths } from "@copane/protocol";
import { createServer, loadConfig } from "@copane/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signAgentToken, signWebhook, verifyAgentToken, verifyWebhook } from "./index.ts";

const secret = "a secret of at least 32 characters";
const robin = { id: "robin@example.com", name: "Robin", role: "supervisor" } as const;

describe("with a real server", () => {
  const posts: { body: Buffer; signature: string | undefined }[] = [];
  const receiver = createHttp(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    posts.push({ body, signature: request.headers["copane-signature"]?.toString() });
    response.end();
    receiver.emit("posted");
  });
  let server: Awaited<ReturnType<typeof createServer>>;

  beforeAll(async () => {
    await once(receiver.listen(0, "127.0.0.1"), "listening");
    const { port } = receiver.address() as AddressInfo;
    server = await createServer(
      loadConfig(
        {},
        {
          overrides: {
            port: 0,
            logLevel: "error",
            dataDir: "",
            jwtSecret: secret,
            jwtIssuer: "crm",
            webhookUrls: [`http://127.0.0.1:${port}/`],
            webhookSecret: `webhooks: ${secret}`,
          },
        },
      ),
    );
  });
  afterAll(async () => {
    await server.close();
    receiver.close();
  });

  test("it takes a token that was made here, and what it posts is believed here", async () => {
    const posted = once(receiver, "posted");
    const token = await signAgentToken(secret, robin, { issuer: "crm" });
    const answer = await server.app.inject({
      method: "POST",
      url: paths.agentRequest,
      headers: { authorization: `Bearer ${token}` },
      payload: { name: "Robin", autojoin: false },
    });
    expect(answer.statusCode).toBeLessThan(300);
    await posted;
    const [{ body, signature } = { body: Buffer.alloc(0), signature: undefined }] = posts;
    expect(verifyWebhook(`webhooks: ${secret}`, body, signature)).toBe(true);
    expect(verifyWebhook(secret, body, signature)).toBe(false);
  });

  test("it does not take a token of another issuer", async () => {
    const answer = await server.app.inject({
      method: "POST",
      url: paths.agentRequest,
      headers: { authorization: `Bearer ${await signAgentToken(secret, robin, { issuer: "shop" })}` },
      payload: { name: "Robin", autojoin: false },
    });
    expect(answer.statusCode).toBe(401);
  });
});

test("who is behind a token is read from it", async () => {
  const token = await signAgentToken(secret, robin);
  const { id: agentId, name, role } = robin;
  expect(await verifyAgentToken(secret, token)).toEqual({ agentId, name, role });
});

test("a token that is not ours, has expired or is for somebody else is refused", async () => {
  const token = await signAgentToken(secret, robin, { audience: "copane" });
  await expect(verifyAgentToken(`${secret}!`, token)).rejects.toThrow();
  await expect(verifyAgentToken(secret, token, { audience: "other" })).rejects.toThrow();
  const [head, , signature] = token.split(".");
  const forged = Buffer.from(JSON.stringify({ sub: "x", role: "admin", exp: 9_999_999_999 })).toString(
    "base64url",
  );
  await expect(verifyAgentToken(secret, `${head}.${forged}.${signature}`)).rejects.toThrow();
});

test("a token without an agent, or for ever, is not made", async () => {
  await expect(signAgentToken(secret, { ...robin, id: "" })).rejects.toThrow(RangeError);
  await expect(signAgentToken(secret, { ...robin, name: "" })).rejects.toThrow(RangeError);
  for (const seconds of [0, Number.NaN, Number.POSITIVE_INFINITY, 100_000])
    await expect(signAgentToken(secret, { ...robin, seconds })).rejects.toThrow(RangeError);
});

test("a post is believed only as it was sent, when it was sent, and with the secret", () => {
  const body = Buffer.from([0xff, 0x00, 0x7b]);
  const signature = signWebhook(secret, body, 1_000);
  const at = (now: number) => verifyWebhook(secret, body, signature, { now });
  expect([at(1_000), at(1_300), at(1_301), at(699)]).toEqual([true, true, false, false]);
  expect(verifyWebhook(secret, Buffer.from([0xfe, 0x00, 0x7b]), signature, { now: 1_000 })).toBe(false);
  expect(verifyWebhook(`${secret}!`, body, signature, { now: 1_000 })).toBe(false);
  expect(verifyWebhook("", body, signWebhook("x", body, 1_000), { now: 1_000 })).toBe(false);
  for (const wrong of [
    undefined,
    "",
    "t=1000",
    "v1=00",
    `${signature}00`,
    signature.replace("t=1000", "t=1001"),
  ])
    expect(verifyWebhook(secret, body, wrong, { now: 1_000 })).toBe(false);
});
