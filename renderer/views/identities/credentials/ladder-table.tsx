import type { Ladder } from '#shared/contract/credentials.ts';
import { CardPart } from '../../../widgets/card.tsx';
import { formatCount, formatPlural, formatShare } from '../../../widgets/format.ts';
import { RUNG_WORDS } from './words.ts';

/** The verification ladder: on each rung the share of calls that pass, fail, and of which nothing can be told. */
export function LadderTable({ ladder, title }: { readonly ladder: Ladder; readonly title: string }) {
  return (
    <CardPart title={title} note={formatPlural(ladder.calls, 'call')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Share of yes</th>
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
              <th scope="row" className="nowrap">
                {RUNG_WORDS[rung].title}
              </th>
              <td>
                <span className="cred-share">
                  <span className="cred-share-bar" aria-hidden="true">
                    <span className="cred-share-yes" style={{ flexGrow: yes }} />
                    <span className="cred-share-no" style={{ flexGrow: no }} />
                    <span className="cred-share-unknown" style={{ flexGrow: unknown }} />
                  </span>
                  <span className="number">{formatShare(yes, ladder.calls)}</span>
                </span>
              </td>
              <td className="end">{formatCount(yes)}</td>
              <td className="end">{formatCount(no)}</td>
              <td className="end">{formatCount(unknown)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </CardPart>
  );
}
