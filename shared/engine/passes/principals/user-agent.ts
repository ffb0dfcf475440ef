import { AGENT_TABLE, SCANNER, type AgentEntry } from './agent-table.ts';

const BROWSERS: readonly (readonly [pattern: RegExp, family: string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Browser'],
  [/\bFirefox\//, 'Firefox'],
  [/\bHeadlessChrome\//, 'Headless Chrome'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*Safari\//, 'Safari'],
  [/\bMSIE |Trident\//, 'Internet Explorer'],
];
/** Longest family name made from a text that no table knows. Units: characters. */
const MAX_FAMILY = 40;

/** The entry of the agent table that a User-Agent matches; `undefined` for browsers and unknown names. */
export function findAgentEntry(userAgent: string): AgentEntry | undefined {
  const lower = userAgent.toLowerCase();
  return AGENT_TABLE.find(({ token }) => {
    const at = lower.indexOf(token);
    if (at < 0) return false;
    const before = at === 0 ? ' ' : lower.charAt(at - 1);
    const after = lower.charAt(at + token.length);
    const endsWord = /[/ -]$/.test(token) || !/[a-z0-9]/.test(after);
    return !/[a-z0-9-]/.test(before) && endsWord;
  });
}

/** The product that scans for weaknesses and says so: `Detectify`. Whether it is that one, only its makers know. */
export function findScanner(userAgent: string): string | undefined {
  const entry = findAgentEntry(userAgent);
  return entry?.what === SCANNER ? entry.family : undefined;
}

/** The browser that a User-Agent names; `undefined` when it names none or a robot that only claims one. */
export function findBrowser(userAgent: string): string | undefined {
  if (!/^Mozilla\/|^Opera\//.test(userAgent) || /bot\b|crawl|spider|compatible;\s*[A-Z][\w-]+\/|HeadlessChrome/i.test(userAgent))
    return undefined;
  return BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
}

/** The kind of phone or tablet that an app's User-Agent names: apps have their own names, their systems have not. */
export function findPhone(userAgent: string): string | undefined {
  if (/bot\b|crawl|spider/i.test(userAgent)) return undefined;
  const system =
    /[(;\s](Android|iOS|iPadOS|iPhone OS|iPhone|iPad|watchOS)[\s/;,)]?[\d.]*/.exec(userAgent)?.[1] ??
    (/\bCFNetwork\/[\d.]+ Darwin\//.test(userAgent) ? 'iOS' : undefined);
  return system === undefined ? undefined : `an app on ${system}`;
}

/** The product behind a User-Agent without its version: `python-httpx`, `Chrome`, `claude-cli`; `none` without a text. */
export function userAgentFamily(userAgent: string | undefined): string {
  if (userAgent === undefined || userAgent === '') return 'none';
  const entry = findAgentEntry(userAgent);
  if (entry !== undefined) return entry.family;
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1];
  return browser ?? (/^[^/\s(;]+/.exec(userAgent.trim())?.[0] ?? 'other').slice(0, MAX_FAMILY);
}
