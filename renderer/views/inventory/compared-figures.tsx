import type { Comparison } from '#shared/contract/compare.ts';

/** The figures of the report's first pages of two cases side by side, each with what it counts. */
export function ComparedFigures({ figures: { versions, rows } }: { readonly figures: NonNullable<Comparison['figures']> }) {
  const [before, after] = versions;
  return (
    <section className="inv-part" aria-label="Figures of both cases">
      <h3>Figures</h3>
      {before === after ? null : (
        <p className="muted">
          Definitions of version {before} before and {after} after: those that changed cannot be compared.
        </p>
      )}
      <table className="table inv-table">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col" className="end">
              Before
            </th>
            <th scope="col" className="end">
              After
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label} title={row.definition}>
              <th scope="row" className="inv-wide">
                {row.label}
              </th>
              <td className="end">{row.before ?? 'no input'}</td>
              <td className="end">{row.after ?? 'no input'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
