import type { Params } from '../../alipay/signature.ts';

/** A request's parameters, query and form together, or the name that came twice with different values. */
export interface Parameters {
  readonly params: Params;
  readonly duplicate: string | undefined;
}

/**
 * Merges a query string and a form body. The PHP SDK sends `charset` in both: the same value twice is one parameter;
 * two values, or one name twice in the same place, would let a verifier and a reader see different requests.
 */
export function mergeParameters(query: string, form: string): Parameters {
  const merged = new Map<string, string>();
  let duplicate: string | undefined;
  for (const part of [query, form]) {
    const seen = new Set<string>();
    for (const [name, value] of new URLSearchParams(part)) {
      if (seen.has(name) || (merged.has(name) && merged.get(name) !== value)) duplicate ??= name;
      seen.add(name);
      merged.set(name, value);
    }
  }
  return { params: withoutPrototype(merged), duplicate };
}

/** A name such as `__proto__` is a parameter like any other. */
function withoutPrototype(entries: Iterable<readonly [string, string]>): Params {
  const params: Record<string, string> = Object.create(null);
  for (const [name, value] of entries) params[name] = value;
  return params;
}
