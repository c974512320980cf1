import { CataloguedError, type SitePolicy } from "@copane/protocol";
import { Value } from "typebox/value";
import { Policy } from "./schema.ts";
import { isSelector } from "./selector.ts";

/** Words for what an exception from masking could be called: there is none, whatever the document hopes for. */
const exception = /^(un|no_?|dis|skip|allow|show|reveal|expose|except)/i;

/**
 * A policy document as it may be stored. Throws INVALID_FIELD or POLICY_UNSAFE that names the field by its path,
 * like `privacy.mask.2`.
 */
export function parsePolicy(document: unknown): SitePolicy {
  refuseExceptions(document, "");
  if (!Value.Check(Policy, document)) {
    const [error] = Value.Errors(Policy, document);
    const { instancePath = "", message = "is not accepted", params } = error ?? {};
    const inner = innerName(params);
    const field = [...instancePath.split("/").slice(1), ...(inner ? [inner] : [])].join(".");
    throw invalid(field || "policy", message);
  }
  const policy = document as SitePolicy;
  for (const list of ["mask", "block", "hide"] as const) {
    for (const [at, selector] of policy.privacy[list].entries()) {
      if (!isSelector(selector)) throw invalid(`privacy.${list}.${at}`, "is not a CSS selector we can use");
    }
  }
  const { timeouts, languages } = policy;
  if (timeouts.idleWarningMs >= Math.min(timeouts.agentIdleMs, timeouts.customerIdleMs))
    throw invalid("timeouts.idleWarningMs", "must be shorter than both idle times");
  if (!languages.offered.includes(languages.default))
    throw invalid("languages.default", "must be one of the offered languages");
  return policy;
}

/** Masking of passwords, cards and codes is not a setting. A document that tries says so in vain, but not silently. */
function refuseExceptions(value: unknown, path: string): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    const field = path ? `${path}.${name}` : name;
    const switchedOff = inner === false || inner === "off" || inner === "show";
    const aboutMasks = /mask|password|secret|card|payment|code|sensitive|automatic/i.test(name);
    if ((exception.test(name) && (aboutMasks || path === "privacy")) || (switchedOff && aboutMasks)) {
      throw new CataloguedError("POLICY_UNSAFE", {
        field,
        message: `${field} would show passwords or other secrets to agents. Nothing can unmask them; remove it.`,
      });
    }
    refuseExceptions(inner, field);
  }
}

function innerName(params: unknown): string | undefined {
  const { requiredProperties, additionalProperties } = (params ?? {}) as Record<string, string[] | undefined>;
  return requiredProperties?.[0] ?? additionalProperties?.[0];
}

function invalid(field: string, message: string): CataloguedError {
  return new CataloguedError("INVALID_FIELD", { field, message: `${field} ${message}.` });
}
