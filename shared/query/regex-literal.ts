/** Shorter texts are found nearly everywhere, so that looking for them first gains nothing. Units: characters. */
const SHORTEST = 2;

// `|` and the groups that change how the rest is read; \Q, \x, \p, numbers and the like, whose length cannot be told at a glance.
const unsafe = /\||\(\?|\[[^\]]*\[|\[:|\\[^\x20-\x2f\x3a-\x40\x5b-\x60\x7b-\x7edDwWsSbBAzntrfv]/;
const token = /\\(?:[a-zA-Z]|(.))|\[\^?\]?(?:\\.|[^\]\\])*\]|\{[\d,]*\}|([A-Za-z0-9_/:;,=@%&#~"'`<>! -])|[\s\S]/g;

/**
 * The longest text that must stand in whatever the expression fits, so that most texts are ruled out with a plain search;
 * `undefined` when none can be told safely. It understands little and says nothing rather than something wrong.
 * Shape:   `isCaseless` leaves out k and s, which as K (Kelvin) and ſ have other forms than the two that SQLite knows.
 * Example: `inv\/\d+$` gives `inv/`, `a|b` nothing.
 */
export function requiredLiteral(source: string, isCaseless: boolean): string | undefined {
  if (unsafe.test(source)) return undefined;
  let best = '';
  let run = '';
  let depth = 0;
  const close = (): void => {
    if (run.length > best.length) best = run;
    run = '';
  };
  for (const [whole, escaped, plain] of source.matchAll(token)) {
    const char = escaped ?? plain;
    if (char !== undefined && depth === 0 && !(isCaseless && /[ks]/i.test(char))) {
      run += char;
      continue;
    }
    // What is repeated may be there no time at all.
    if (/^[*?{]/.test(whole)) run = run.slice(0, -1);
    close();
    if (whole === '(') depth += 1;
    if (whole === ')') depth -= 1;
  }
  close();
  return best.length >= SHORTEST ? best : undefined;
}
