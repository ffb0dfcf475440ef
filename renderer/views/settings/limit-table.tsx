import { useEngineQuery } from '../../query/use-engine-query.ts';
import { Answer } from '../../widgets/answer.tsx';
import { groupLimits, printLimit } from './limit-words.ts';
import { screenLimits } from './screen-limits.ts';

/** Every limit of the product: what, how much, why, and where in the code it is enforced. */
export function LimitTable() {
  const limits = useEngineQuery('host.limits', {});
  return (
    <section aria-labelledby="settings-limits">
      <h2 id="settings-limits">Limits</h2>
      <p className="muted">
        These are the values that are enforced. What a limit stopped is counted as an issue of its source, or said where it is left out.
      </p>
      <Answer query={limits} what="the limits">
        {(data) => (
          <table className="table settings-limits">
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col" className="end">
                  Limit
                </th>
                <th scope="col">Why</th>
                <th scope="col">Where it stands</th>
              </tr>
            </thead>
            {groupLimits([...data, ...screenLimits]).map(([area, members]) => (
              <tbody key={area}>
                <tr>
                  <th scope="rowgroup" colSpan={4} className="settings-area">
                    {area}
                  </th>
                </tr>
                {members.map((limit) => (
                  <tr key={`${limit.where} ${limit.name}`}>
                    <th scope="row">{limit.what}</th>
                    <td className="end">{printLimit(limit)}</td>
                    <td>{limit.why}</td>
                    <td>
                      <code title={limit.name}>{limit.where}</code>
                    </td>
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
        )}
      </Answer>
    </section>
  );
}
