// A part of the scorecard is a list of turns of some minutes each:
//   next(done, size, tried)  the turn that is wanting, `{ name, run(env) }`, or `undefined` when the part has what its size wants;
//                            `done`: the turns that are kept, `size`: 'short', 'whole' (the sizes of the release) or 'long' (its 24 hours),
//                            `tried`: names of turns that this sitting does not make again
//   rows(card, done, size)   the rows of all of them together
// `run` gives what is kept: plain JSON with `wrong`, how much was not as it should be; `undefined` when it came to nothing.

/** A part that is one run with rows of its own. Shape: `add(card, env, size)` adds the rows and gives how many runs were wrong. */
export function single(add, nameOf = () => 'whole') {
  return {
    next(done, size, tried) {
      const [name] = wanting([nameOf(size)], done, tried);
      return name === undefined ? undefined : { name, run: (env) => record(add, env, size) };
    },
    rows(card, done, size) {
      const turn = lastOf(done, nameOf(size)) ?? done.at(-1);
      for (const [what, got, target, ok] of turn?.result.rows ?? []) card.add(what, got, target, ok ?? undefined);
    },
  };
}

async function record(add, env, size) {
  const rows = [];
  const wrong = await add({ add: (what, got, target, ok) => void rows.push([what, String(got), String(target), ok]) }, env, size);
  return { rows, wrong };
}

const lastOf = (done, name) => done.findLast((turn) => turn.turn === name);

/** Those of the names whose turn was not made, or went wrong the last time: it is made again, and counts until then. */
export const wanting = (names, done, tried) => names.filter((name) => !tried.has(name) && lastOf(done, name)?.result.wrong !== 0);

/** Turns by name, each once: those that went well, or the latest that did not. */
export const latestOf = (done) => [...new Map(done.map((turn) => [turn.turn, turn])).values()];

/** The sum of one figure over turns. */
export const total = (turns, figure) => turns.reduce((sum, { result }) => sum + (result[figure] ?? 0), 0);

/** Runs the turns that a part lacks, until `isOver()`; gives true when it has all. A turn that went wrong is not made twice in a sitting. */
export async function runTurns(part, { kept, of, name, size, env, isOver }) {
  const tried = new Set();
  for (;;) {
    const done = kept.list(of, name);
    const turn = part.next(done, size, tried);
    if (turn === undefined || isOver()) return part.next(done, size, new Set()) === undefined;
    tried.add(turn.name);
    console.log(`${name}, turn ${turn.name} …`);
    const started = performance.now();
    const result = await turn.run(env);
    if (result === undefined) console.log('  it gave no figures');
    else kept.keep(of, name, turn.name, (performance.now() - started) / 1000, result);
  }
}
