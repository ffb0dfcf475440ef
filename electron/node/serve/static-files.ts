import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export interface StaticFile {
  readonly body: Buffer;
  readonly type: string;
}

/** The built page and its parts, by URL path; read once, so that no request ever names a path on disk. */
export function loadStaticFiles(root: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const url = posix.join('/', path.slice(root.length).replaceAll('\\', '/'));
    files.set(url, { body: readFileSync(path), type });
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}

/** What the page may do, on both hosts: nothing from outside, no inline script, no frame but our own report. `nonce` is for Radix' styles. */
export const contentSecurityPolicy = (nonce: string, connect: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${connect}`.trim(),
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types spoor',
  ].join('; ');

/** Put where the page's `__SPOOR_NONCE__` stands; the page reads it from its meta element. */
export const withNonce = (html: Buffer, nonce: string): Buffer =>
  Buffer.from(html.toString('utf8').replaceAll('__SPOOR_NONCE__', nonce), 'utf8');

/** Headers of every answer. */
export const plainHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Headers of what is said to a program: a word or JSON, which no browser is to run or to frame. */
export const inertText: Readonly<Record<string, string>> = {
  'content-type': 'text/plain; charset=utf-8',
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
};

/** Headers of a blob: a report is inert even without its own policy, and only our page may frame it. */
export const blobHeaders = (disposition: 'inline' | 'attachment', name: string, type: string): Readonly<Record<string, string>> => ({
  ...plainHeaders,
  'content-type': type,
  'content-disposition': `${disposition}; filename="${name.replace(/[^A-Za-z0-9._-]/g, '-')}"`,
  'content-security-policy':
    "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'",
});
