import { splitPath, splitUrl } from '../../../lib/request-target.ts';

/** Variables inside of variables that are filled in. Units: levels. */
const MAX_FILLS = 8;
/** Text that variables may add to a URL: each may stand for many others. Units: characters. */
const MAX_ADDED = 65_536;
const VARIABLE = /\{\{([^{}]*)\}\}/g;

/** A request's URL, cut into what an inventory needs. */
export interface RequestUrl {
  /** `https://host:port`; `undefined` when a variable without a value hides it. */
  readonly server: string | undefined;
  /** Template: variables and `:name` segments are `{name}`. */
  readonly path: string;
  /** Names in the query and in the path. */
  readonly names: readonly string[];
  /** The variable that hides the server. */
  readonly hiddenBy: string | undefined;
}

/**
 * Cuts the URL of a collection's request. Variables are filled in up to the host only: in paths they are what changes from call to
 * call, and their values may be secrets.
 * Example: `{{base}}/orders/:id?x={{y}}` with base `https://a.test/v1` is server https://a.test, path /v1/orders/{id}, name x.
 */
export function readRequestUrl(raw: string, variables: ReadonlyMap<string, string>): RequestUrl {
  const [, lead = '', rest = ''] = /^((?:[a-z{][\w+.{}$-]*:\/\/)?[^/?#]*)([\s\S]*)$/i.exec(raw.trim()) ?? [];
  const filled = fill(lead, variables);
  const hiddenBy = /\{\{([^{}]*)\}\}/.exec(filled)?.[1]?.trim();
  const { path = '', query } = splitPath(rest);
  const known = hiddenBy === undefined ? splitUrl(/^[a-z][\w+.-]*:\/\//i.test(filled) ? filled : `http://${filled}`) : {};
  const names: string[] = [];
  const template = `${known.path === '/' ? '' : (known.path ?? '')}${path}`
    .split('/')
    .map((segment) => toTemplate(segment, names))
    .join('/');
  for (const pair of (query ?? '').split('&')) {
    const name = pair.split('=', 1)[0]?.trim() ?? '';
    if (name !== '') names.push(name);
  }
  const hasScheme = /^[a-z][\w+.-]*:\/\//i.test(filled);
  const port = known.port === undefined ? '' : `:${String(known.port)}`;
  const server = known.host === undefined ? undefined : `${hasScheme ? (known.scheme ?? 'http') : 'http'}://${known.host}${port}`;
  return { server, path: template.startsWith('/') ? template : `/${template}`, names, hiddenBy };
}

function fill(text: string, variables: ReadonlyMap<string, string>): string {
  let filled = text;
  let room = MAX_ADDED;
  for (let level = 0; level < MAX_FILLS && filled.includes('{{'); level += 1) {
    const next = filled.replaceAll(VARIABLE, (whole, name: string) => {
      const value = variables.get(plainName(name));
      if (value === undefined || value.length > room) return whole;
      room -= value.length;
      return value;
    });
    if (next === filled) break;
    filled = next;
  }
  return filled;
}

/** Insomnia writes `{{ _.name }}` for what Postman writes as `{{name}}`. */
const plainName = (name: string): string => name.trim().replace(/^_\./, '');

function toTemplate(segment: string, names: string[]): string {
  if (/^:[\w-]+$/.test(segment)) {
    names.push(segment.slice(1));
    return `{${segment.slice(1)}}`;
  }
  return segment.replaceAll(VARIABLE, (_, name: string) => `{${plainName(name).replace(/^\$/, '')}}`);
}
