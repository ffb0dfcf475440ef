import type { Ladder } from '#shared/contract/credentials.ts';
import { formatCount, formatShare } from '../../../widgets/format.ts';
import { RUNG_WORDS } from './words.ts';

/** The verification ladder: on each rung the share of calls that pass, fail, and of which nothing can be told. */
export function LadderTable({ ladder, title }: { readonly ladder: Ladder; readonly title: string }) {
  return (
    <table className="table cred-ladder">
      <caption>
        {title} <span className="muted">{formatCount(ladder.calls)} calls</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Question</th>
          <th scope="col">Share</th>
          <th scope="col" className="end">
            Yes
          </th>
          <th scope="col" className="end">
            No
          </th>
          <th scope="col" className="end">
            Cannot be told
          </th>
        </tr>
      </thead>
      <tbody>
        {ladder.rungs.map(({ rung, yes, no, unknown }) => (
          <tr key={rung} title={RUNG_WORDS[rung].meaning}>
            <th scope="row">{RUNG_WORDS[rung].title}</th>
            <td>
              <span className="cred-share" aria-hidden="true">
                <span className="cred-share-yes" style={{ flexGrow: yes }} />
                <span className="cred-share-no" style={{ flexGrow: no }} />
                <span className="cred-share-unknown" style={{ flexGrow: unknown }} />
              </span>
              {formatShare(yes, ladder.calls)}
            </td>
            <td className="end">{formatCount(yes)}</td>
            <td className="end">{formatCount(no)}</td>
            <td className="end">{formatCount(unknown)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
