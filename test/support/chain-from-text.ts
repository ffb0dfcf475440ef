import type { EdgeJson, EdgeKind } from '#shared/contract/report-json.ts';
import type { CallRow } from '#shared/contract/rows.ts';

/**
 * Calls and links from a picture: one call a line, `name METHOD /template status`, optional `host=…` and `finding`;
 * then links, `a -kind-> b`. A call's reference is its name; calls are a second apart.
 */
export function chainFromText(text: string): { readonly calls: readonly CallRow[]; readonly edges: readonly EdgeJson[] } {
  const calls: CallRow[] = [];
  const edges: EdgeJson[] = [];
  for (const line of text
    .split('\n')
    .map((each) => each.trim())
    .filter((each) => each !== '')) {
    const link = /^(\S+) -(\w+)(?:@(\d+))?-> (\S+)$/.exec(line);
    if (link !== null) {
      const [, from = '', kind = '', sure = '90', to = ''] = link;
      // The picture is the test's own text; a misspelt kind shows in the result.
      const known = kind as EdgeKind;
      edges.push({ from, to, kind: known, kinds: [known], confidence: Number(sure) / 100, why: kind });
      continue;
    }
    const [name = '', method = '', template = '', status = '200', ...options] = line.split(/\s+/);
    const host = options.find((option) => option.startsWith('host='))?.slice('host='.length) ?? 'api.test';
    calls.push({
      id: calls.length + 1,
      ref: name,
      time: new Date(Date.UTC(2026, 9, 1) + calls.length * 1000).toISOString().replace('Z', '000Z'),
      timeKind: 'start',
      durationMs: 100,
      method,
      host,
      path: `${template}#${name}`,
      endpoint: `${method} ${host}${template}`,
      status: Number(status),
      format: 'har',
      findings: options.includes('finding') ? 1 : 0,
    });
  }
  return { calls, edges };
}
