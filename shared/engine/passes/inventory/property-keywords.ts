import type { Json } from '../../../lib/json.ts';

/** A property that Ajv passes over in `properties` (ajv 8, `allSchemaProperties`), and not as a pattern. */
const PASSED_OVER = '__proto__';

/**
 * The keywords that say what properties hold: all under `properties`, but `__proto__`, a name like any other, as a pattern.
 * Example: `id` and `__proto__` → `{ properties: { id }, patternProperties: { '^__proto__$': … } }`.
 */
export function propertyKeywords(properties: ReadonlyMap<string, Json>): Readonly<Record<string, Json>> {
  const special = properties.get(PASSED_OVER);
  return {
    properties: Object.fromEntries([...properties].filter(([name]) => name !== PASSED_OVER)),
    ...(special === undefined ? {} : { patternProperties: { [`^${PASSED_OVER}$`]: special } }),
  };
}
