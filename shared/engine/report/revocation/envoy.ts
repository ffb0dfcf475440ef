import type { PacketFile } from '../../../contract/revocation.ts';
import { isLive, nameOf, placeOf, SECRET, type PacketEntry } from './packet-entry.ts';
import { headerName, yamlText } from './quote.ts';

const claim = (name: string, value: string): readonly string[] => [
  '- metadata:',
  '    filter: envoy.filters.http.jwt_authn',
  `    path: [{ key: jwt_payload }, { key: ${name} }]`,
  `    value: { string_match: { exact: ${yamlText(value)} } }`,
];

/** Conditions that all have to hold; empty when nothing of the credential can be compared. */
function principalOf({ kind, iss, sub, jti, row }: PacketEntry): readonly string[] {
  if (kind === 'jwt') {
    const own = jti !== undefined ? claim('jti', jti) : sub === undefined ? [] : claim('sub', sub);
    return own.length === 0 ? [] : [...(iss === undefined ? [] : claim('iss', iss)), ...own];
  }
  const header =
    kind === 'api-key' ? (headerName(placeOf(row.about) ?? 'x-api-key') ?? 'x-api-key') : kind === 'opaque' ? 'authorization' : undefined;
  if (header === undefined) return [];
  const key = `${SECRET}-OF-${row.credential}`;
  return [
    '- header:',
    `    name: ${yamlText(header)}`,
    `    string_match: { ${kind === 'opaque' ? 'suffix' : 'exact'}: ${yamlText(key)} }`,
  ];
}

/** A filter of role-based access control that refuses the credentials; stands behind `envoy.filters.http.jwt_authn` with `payload_in_metadata: jwt_payload`. */
export function envoy(entries: readonly PacketEntry[]): readonly PacketFile[] {
  const policies = entries.filter(isLive).flatMap((entry) => {
    const ids = principalOf(entry);
    if (ids.length === 0) return [`# ${nameOf(entry)}: nothing of it that Envoy can compare; deny it by hand`];
    return [
      `${yamlText(nameOf(entry))}:`,
      '  permissions: [{ any: true }]',
      '  principals:',
      '    - and_ids:',
      '        ids:',
      ...ids.map((line) => `          ${line}`),
    ];
  });
  if (policies.length === 0) return [];
  const lines = [
    '# Draft for Envoy: behind envoy.filters.http.jwt_authn with payload_in_metadata: jwt_payload.',
    'name: envoy.filters.http.rbac',
    'typed_config:',
    '  "@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC',
    '  rules:',
    '    action: DENY',
    '    policies:',
    ...policies.map((line) => `      ${line}`),
  ];
  return [{ name: 'gateways/envoy.yaml', text: `${lines.join('\n')}\n` }];
}
