import type { SqlDriver } from '../../store/driver.ts';
import { NONE } from './call-columns.ts';

/** Host part of `host:port`, `[v6]:port` or a bare host; undefined for `-` and unix sockets. */
export function hostOf(address: string): string | undefined {
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

/** Reads the terms used as upstream, client address or host; equal addresses get equal numbers. */
export function readAddresses(db: SqlDriver): Addresses {
  const byTerm = new Map<number, number>();
  const byText = new Map<string, number>();
  const rows = db
    .prepare(
      `SELECT id, value FROM term WHERE id IN
        (SELECT upstream_id FROM call UNION SELECT client_ip_id FROM call UNION SELECT host_id FROM call) ORDER BY id`,
    )
    .all<{ id: number; value: string }>();
  for (const row of rows) {
    const host = hostOf(row.value);
    if (host === undefined) continue;
    let number = byText.get(host);
    if (number === undefined) {
      number = byText.size;
      byText.set(host, number);
    }
    byTerm.set(row.id, number);
  }
  return { of: (term) => byTerm.get(term) ?? NONE };
}
