/** The rows of a scorecard as they come in: what, what a run gave, what is wanted, and how the two compare. */
export function createCard() {
  const rows = [];
  return {
    /** `ok`: undefined for what could not run here; `got` then says why. */
    add(what, got, target, ok) {
      rows.push([what, String(got), String(target), ok === undefined ? 'not run' : ok ? 'ok' : 'BELOW']);
    },
    print() {
      const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
      console.log('');
      for (const row of [['', 'now', 'target', ''], ...rows])
        console.log(
          row
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd(),
        );
      const count = (state) => rows.filter((row) => row[3] === state).length;
      console.log(`\n${count('ok')} reached, ${count('BELOW')} below, ${count('not run')} not run`);
    },
  };
}
