/** Pieces that mean something to the parser, so that random texts reach all of it. */
const tokens =
  '( ) " * : - / \\ and or not AND status >= < = != 4xx 403 is: has: is:failed has:secret host time path: /v1/ /a|b/ /[ ip: 10.0.0.0/8 req.body .id header.x case.start + 5m now 2026-03-02 dur 2s bytes 5MB a ü \u{1F600} \u0000 \ud800'.split(
    ' ',
  );

const sense = [
  'agent:bill-bot status >= 400 and not path:/health*',
  '(a or b) -host:("x y" or z)',
  'path:"/inv" ip:10.0.0.0/8',
  'header.x-request-id:abc* req.body.user.id:42',
  'time >= case.start + 5m and time < case.end - 1h',
  'status:(403 or 404) dur > 1.5m res.bytes > 5MB',
  'not (is:failed or -has:(secret or trace))',
  'time:2026-03-02 "refund failed" https://x.y/z?a=b',
  'path:/users(1)/orders kind:agent sev:high',
];

// Few, since each damaged expression is compiled anew, which takes a hundred times as long as reading the query.
const expressions = ['path:/inv\\/\\d+$/', '-/(a|b)[^c]{2}/', 'host:(/x.*/ or y)'];
const EXPRESSIONS_SHARE = 0.02;

/** Makes texts that a query bar may be given by accident: any characters, pieces of queries in any order, damaged queries. */
export function queryNoise(random: () => number): () => string {
  const below = (n: number): number => Math.floor(random() * n);
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? '';
  const unit = (): string => String.fromCharCode(random() < 0.7 ? 0x20 + below(0x60) : below(0x10000));
  const many = (most: number, make: () => string): string => {
    let text = '';
    for (let left = below(most); left > 0; left -= 1) text += make();
    return text;
  };
  const damage = (text: string): string => {
    const at = below(text.length + 1);
    const kind = below(4);
    if (kind === 0) return text.slice(0, at) + unit() + text.slice(at);
    if (kind === 1) return text.slice(0, at) + text.slice(at + 1 + below(4));
    if (kind === 2) return text.slice(0, at) + pick(tokens) + text.slice(at);
    return text.slice(at) + text.slice(0, at);
  };
  return () => {
    const kind = below(4);
    if (kind === 0) return many(24, unit);
    if (kind === 1) return many(12, () => pick(tokens) + (random() < 0.5 ? ' ' : ''));
    let text = pick(random() < EXPRESSIONS_SHARE ? expressions : sense);
    for (let times = 1 + below(3); times > 0; times -= 1) text = damage(text);
    return text;
  };
}
