import { append } from '../../../lib/append.ts';
import type { PacketFile } from '../../../contract/revocation.ts';
import { groupBy } from '../../../lib/group-by.ts';
import { gatewayIdOf, isLive, nameOf, type PacketEntry } from './packet-entry.ts';
import { luaText, yamlText } from './quote.ts';

/** One line of a Lua table for each token: by its id or, without one, by holder and the time up to which it was issued. */
function luaRow({ kind, iss, sub, jti, iat }: PacketEntry): string | undefined {
  if (kind !== 'jwt') return undefined;
  const issuer = iss === undefined ? '' : `iss = ${luaText(iss)}, `;
  if (jti !== undefined) return `{ ${issuer}jti = ${luaText(jti)} },`;
  if (sub === undefined) return undefined;
  return `{ ${issuer}sub = ${luaText(sub)}${iat === undefined ? '' : `, before = ${String(Math.floor(iat))}`} },`;
}

const CHECK = [
  'local header = kong.request.get_header("authorization") or ""',
  'local payload = header:match("^[Bb]earer%s+[%w%-_]+%.([%w%-_]+)%.")',
  'if not payload then return end',
  'local text = ngx.decode_base64((payload:gsub("-", "+"):gsub("_", "/")) .. string.rep("=", (4 - #payload % 4) % 4))',
  'local claims = text and require("cjson.safe").decode(text)',
  'if type(claims) ~= "table" then return end',
  'for _, rule in ipairs(revoked) do',
  '  local same = (not rule.iss or rule.iss == claims.iss) and (not rule.jti or rule.jti == claims.jti)',
  '    and (not rule.sub or rule.sub == claims.sub) and (not rule.before or (tonumber(claims.iat) or 0) <= rule.before)',
  '  if same then return kong.response.exit(401, { message = "credential revoked" }) end',
  'end',
];

/** What is left to do by hand for a credential that nothing in a snippet can name. */
const HAND: Readonly<Record<PacketEntry['kind'], string>> = {
  jwt: 'since it names neither subject nor id; end it at its issuer',
  'api-key': 'since no consumer is known; delete it among the keyauth_credentials',
  session: 'since no consumer is known; end it where it was issued',
  basic: 'since no consumer is known; delete it among the basicauth_credentials',
  mtls: 'since no consumer is known; revoke it at its authority',
  opaque: 'since no consumer is known; end it at its issuer',
  identity: 'since it is an account of the platform; disable it there, which ends its tokens',
};

const indent = (lines: readonly string[], by: number): readonly string[] => lines.map((line) => `${' '.repeat(by)}${line}`);

/** The form of Kong's own ids: nothing else of the evidence may stand in a comment. */
const KONG_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The narrower way, where the gateway's own id of a key is known: that key alone goes, and its consumer keeps its others. */
function keyLine(entry: PacketEntry): readonly string[] {
  const id = gatewayIdOf(entry);
  return id === undefined || !KONG_ID.test(id) ? [] : [`  # ${nameOf(entry)} alone: delete the credential ${id} of this consumer`];
}

/** A declarative snippet for Kong 3: a function that refuses the tokens, and consumers that are refused as a whole. */
export function kong(entries: readonly PacketEntry[]): readonly PacketFile[] {
  const live = entries.filter(isLive);
  const rows = live.flatMap((entry) => luaRow(entry) ?? []);
  const byConsumer = groupBy(
    live.flatMap((entry) => (entry.kind === 'jwt' ? [] : entry.consumers.map((consumer) => ({ entry, consumer })))),
    ({ consumer }) => consumer,
  );
  // What the draft cannot stop is said in it: a list that looks whole is the one that gets loaded.
  const byHand = live.filter((entry) => luaRow(entry) === undefined && (entry.kind === 'jwt' || entry.consumers.length === 0));
  if (live.length === 0) return [];
  const lines = [
    '# Draft for Kong 3. The function needs cjson.safe among untrusted_lua_sandbox_requires.',
    ...byHand.map((entry) => `# ${nameOf(entry)}: NOT STOPPED HERE, ${HAND[entry.kind]}`),
    '_format_version: "3.0"',
    rows.length === 0 && byConsumer.size === 0 ? 'plugins: []' : 'plugins:',
  ];
  if (rows.length > 0) {
    lines.push('  - name: pre-function', '    config:', '      access:', '        - |');
    append(lines, indent(['local revoked = {', ...indent(rows, 2), '}', ...CHECK], 10));
  }
  // Kong refuses a file that gives one consumer the same plugin twice, so all credentials of a consumer share one.
  for (const [consumer, held] of byConsumer)
    append(lines, [
      ...held.flatMap(({ entry }) => keyLine(entry)),
      `  # ${held.map(({ entry }) => nameOf(entry)).join(', ')}: everything of this consumer stops`,
      '  - name: request-termination',
      `    consumer: ${yamlText(consumer)}`,
      '    config: { status_code: 401, message: credential revoked }',
    ]);
  return [{ name: 'gateways/kong.yaml', text: `${lines.join('\n')}\n` }];
}
