import type { DrawnCall } from '#shared/contract/chain-drawing.ts';
import type { EdgeJson } from '#shared/contract/report-json.ts';

const START = Date.UTC(2026, 9, 1);

/**
 * A chain of calls with their times, by name: `a 0-100 > b 10-40, a > c 10-70` are three calls from and to so many ms, of which `a` led to both others.
 * `?` for a time that is not known, `!` behind a time for a call that a finding names.
 */
export function timedChain(text: string): {
  readonly calls: readonly DrawnCall[];
  readonly edges: readonly EdgeJson[];
  readonly start: number;
} {
  const calls = new Map<string, DrawnCall>();
  const edges: EdgeJson[] = [];
  for (const part of text.split(', ')) {
    const names = part.split(' > ').map((each) => {
      const [name = '', time] = each.split(' ');
      if (time !== undefined) calls.set(name, callOf(name, time));
      return name;
    });
    const [from = '', to] = names;
    if (to !== undefined) edges.push({ from, to, kind: 'trace', kinds: ['trace'], confidence: 1, why: 'same trace' });
  }
  return { calls: [...calls.values()], edges, start: START };
}

function callOf(ref: string, time: string): DrawnCall {
  const [from = '', to = ''] = time.replace('!', '').split('-');
  return {
    ref,
    ...(from === '?'
      ? {}
      : { time: new Date(START + Number(from)).toISOString().replace('Z', '000Z'), durationMs: Number(to) - Number(from) }),
    timeKind: 'start',
    method: 'GET',
    host: 'api.test',
    path: `/${ref}`,
    endpoint: `GET api.test/${ref}`,
    status: 200,
    findings: time.endsWith('!') ? 1 : 0,
  };
}
