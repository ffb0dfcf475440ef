import { isJsonObject } from '../../../lib/json.ts';
import type { Json, JsonObject } from '../../../lib/json.ts';
import { toLooseText, toObject } from '../read/fields.ts';

/** Server URLs with their variables' defaults put in; a variable without one stays as `{name}`. */
export function listServers(value: Json | undefined): string[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).filter(isJsonObject).flatMap((server) => {
    const url = toLooseText(server['url']);
    if (url === undefined) return [];
    const variables = toObject(server['variables']);
    const filled = url.replaceAll(
      /\{([^{}]+)\}/g,
      (whole, name: string) => toLooseText(toObject(Object.hasOwn(variables, name) ? variables[name] : undefined)['default']) ?? whole,
    );
    return [/^(?:[a-z][a-z0-9+.-]*:|\/|\{)/i.test(filled) ? filled : `/${filled.replace(/^\.\//, '')}`];
  });
}

/**
 * Base URLs of Swagger 2.0: every scheme with `host` and `basePath`. Source: OpenAPI 2.0, "Swagger Object": without a scheme the one
 * counts with which the description was fetched, which a file does not say; `https` stands for it. Without a host only the path is known.
 */
export function listSwaggerServers(root: JsonObject): string[] {
  const host = toLooseText(root['host']);
  const base = toLooseText(root['basePath']);
  const path = base === undefined || base === '/' ? '' : base.startsWith('/') ? base : `/${base}`;
  if (host === undefined) return [path === '' ? '/' : path];
  const { schemes } = root;
  const known = Array.isArray(schemes) ? (schemes as readonly Json[]).filter((scheme) => typeof scheme === 'string') : [];
  return (known.length === 0 ? ['https'] : known).map((scheme) => `${scheme}://${host}${path}`);
}

/** Servers of AsyncAPI, a map of hosts or URLs by name. */
export function listMessageServers(root: JsonObject): string[] {
  return Object.values(toObject(root['servers'])).flatMap((value) => {
    const server = toObject(value);
    const url = toLooseText(server['url']);
    if (url !== undefined) return [url];
    const host = toLooseText(server['host']);
    return host === undefined ? [] : [`${toLooseText(server['protocol']) ?? 'https'}://${host}${toLooseText(server['pathname']) ?? ''}`];
  });
}
