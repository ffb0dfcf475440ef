import type { PacketFile } from '../../../contract/revocation.ts';
import { isLive, nameOf, placeOf, SECRET, type PacketEntry } from './packet-entry.ts';
import { nginxKey, nginxName } from './quote.ts';

/** What one credential adds: a variable of NGINX and the value at which it is refused. */
interface Rule {
  readonly variable: string;
  readonly key: string;
}

function ruleOf(entry: PacketEntry): Rule | undefined {
  const { kind, jti, sub } = entry;
  if (kind === 'jwt') {
    const value = jti ?? sub;
    const key = value === undefined ? undefined : nginxKey(value);
    return key === undefined ? undefined : { variable: jti === undefined ? 'jwt_claim_sub' : 'jwt_claim_jti', key };
  }
  const label = placeOf(entry.row.about);
  const name = label === undefined ? undefined : nginxName(label);
  const key = `"${SECRET}-OF-${entry.row.credential.replace(/[^a-z0-9-]/g, '')}"`;
  if (kind === 'session') return name === undefined ? undefined : { variable: `cookie_${name}`, key };
  if (kind === 'api-key') return { variable: `http_${name ?? 'x_api_key'}`, key };
  return kind === 'opaque' ? { variable: 'http_authorization', key } : undefined;
}

/** Maps for the `http` block and the refusal for each `server`; `jwt_claim_…` needs the module auth_jwt of NGINX Plus. */
export function nginx(entries: readonly PacketEntry[]): readonly PacketFile[] {
  const live = entries.filter(isLive);
  if (live.length === 0) return [];
  // By variable and key: two tokens of one subject are refused by one line, and NGINX takes no key twice.
  const byVariable = new Map<string, Map<string, string[]>>();
  const byHand: string[] = [];
  for (const entry of live) {
    const rule = ruleOf(entry);
    if (rule === undefined) byHand.push(`# ${nameOf(entry)}: no value that NGINX can compare safely; enter it by hand`);
    else {
      const keys = byVariable.get(rule.variable) ?? new Map<string, string[]>();
      byVariable.set(rule.variable, keys.set(rule.key, [...(keys.get(rule.key) ?? []), nameOf(entry)]));
    }
  }
  const lines = ['# Draft for NGINX. Maps go into http { }, the lines with "if" into each server { }.', ...byHand];
  for (const [variable, keys] of byVariable) {
    lines.push(`map $${variable} $revoked_${variable} {`, '    default 0;');
    for (const [key, names] of keys) lines.push(`    ${key} 1; # ${names.join(', ')}`);
    lines.push('}');
  }
  for (const variable of byVariable.keys()) lines.push(`if ($revoked_${variable}) { return 401; }`);
  return [{ name: 'gateways/nginx.conf', text: `${lines.join('\n')}\n` }];
}
