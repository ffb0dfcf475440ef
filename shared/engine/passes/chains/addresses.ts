import type { SqlDriver } from '../../store/driver.ts';
import { NONE, type CallColumns } from './call-columns.ts';

/** Host part of `host:port`, `[v6]:port` or a bare host; undefined for `-` and unix sockets. */
function hostOf(address: string): string | undefined {
  const text = address.trim().toLowerCase();
  const bracketed = /^\[([0-9a-f:.]+)\](?::\d+)?$/.exec(text);
  if (bracketed !== null) return bracketed[1];
  // More than one colon without brackets is an IPv6 address of its own.
  const host = text.split(':').length > 2 ? text : (text.split(':')[0] ?? '');
  return host === '' || host === '-' || host.startsWith('unix') || host.startsWith('/') ? undefined : host;
}

/** Numbers for network addresses, so that an upstream, a client address and a host can be compared. */
export interface Addresses {
  /** Of an interned text, NONE where it names no address. */
  of(term: number): number;
}

/** Reads the terms used as upstream, client address or host; equal addresses get equal numbers. Without any upstream nothing can meet. */
export function readAddresses(db: SqlDriver, calls: CallColumns): Addresses {
  const terms = new Set<number>();
  for (const term of calls.upstream) terms.add(term);
  terms.delete(NONE);
  if (terms.size > 0) for (const column of [calls.clientIp, calls.host]) for (const term of column) terms.add(term);
  const byTerm = new Map<number, number>();
  const byText = new Map<string, number>();
  const select = db.prepare('SELECT value FROM term WHERE id = ?');
  for (const term of terms) {
    const text = select.get<{ value: string }>(term)?.value;
    const host = text === undefined ? undefined : hostOf(text);
    if (host === undefined) continue;
    let number = byText.get(host);
    if (number === undefined) {
      number = byText.size;
      byText.set(host, number);
    }
    byTerm.set(term, number);
  }
  return { of: (term) => byTerm.get(term) ?? NONE };
}
