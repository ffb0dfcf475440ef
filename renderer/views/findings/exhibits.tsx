import '../../widgets/exhibit.css';
import type { ExhibitJson, TextPiece } from '#shared/model/exhibit.ts';
import { drawExhibit } from '#shared/model/exhibit-drawing.ts';
import { exhibitTable } from '#shared/model/exhibit-rows.ts';
import { GoLink } from '../../state/go-link.tsx';
import { PictureLink } from '../../state/picture-link.tsx';
import { toCall } from '../../state/places.ts';
import { EvidenceText } from '../../widgets/evidence-text.tsx';
import { ExhibitPicture } from '../../widgets/exhibit-picture.tsx';
import { formatPlural, formatTime } from '../../widgets/format.ts';

/** What a finding shows beside its facts: each exhibit as a picture where it is one, and as rows that lead to their calls. */
export function Exhibits({ exhibits }: { readonly exhibits: readonly ExhibitJson[] }) {
  return exhibits.map((exhibit, index) => <Exhibit key={index} exhibit={exhibit} />);
}

function Exhibit({ exhibit }: { readonly exhibit: ExhibitJson }) {
  const drawing = drawExhibit(exhibit);
  return (
    <div className="exhibit">
      <p className="exhibit-title">{exhibit.title}</p>
      {drawing === undefined ? (
        <Rows exhibit={exhibit} />
      ) : (
        <>
          <ExhibitPicture
            drawing={drawing}
            label={exhibit.title}
            linked={(call, mark) => <PictureLink to={toCall(call)}>{mark}</PictureLink>}
          />
          <details>
            <summary>The same as rows</summary>
            <Rows exhibit={exhibit} />
          </details>
        </>
      )}
    </div>
  );
}

function Rows({ exhibit }: { readonly exhibit: ExhibitJson }) {
  const { head, rows, omitted } = exhibitTable(exhibit);
  const timed = rows.some(({ at }) => at !== undefined);
  return (
    <div className="exhibit-table" tabIndex={0} role="group" aria-label={`${exhibit.title}, rows`}>
      <table className="table">
        <thead>
          <tr>
            {timed ? <th scope="col">Time (UTC)</th> : null}
            {head.map((text) => (
              <th key={text} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, tone, cells, pieces }, index) => (
            <tr key={index} className={`exhibit-row ${tone}`}>
              {timed ? (
                <td className="cell-nowrap">
                  {at === undefined ? (
                    <span className="faint">–</span>
                  ) : (
                    <GoLink to={toCall(at.call)} title={`Open the call ${at.call}`}>
                      {at.time === undefined ? 'no time' : formatTime(at.time, 's')}
                    </GoLink>
                  )}
                </td>
              ) : null}
              {cells.map((cell, place) => (
                <td key={place}>
                  {pieces !== undefined && place === cells.length - 1 ? (
                    <Pieces pieces={pieces} />
                  ) : cell === '' ? (
                    <span className="faint">–</span>
                  ) : (
                    <EvidenceText text={cell} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {omitted === 0 ? null : <p className="muted">{formatPlural(omitted, 'more call')} in the evidence below.</p>}
    </div>
  );
}

/** A text with what is marked in it; said by the element and its look, not by colour alone. */
function Pieces({ pieces }: { readonly pieces: readonly TextPiece[] }) {
  return pieces.map(({ state, text }, index) => {
    const Mark = state === 'gone' ? 'del' : state === 'new' ? 'ins' : state === 'seen' ? 'mark' : 'span';
    return (
      <Mark key={index} className="exhibit-piece">
        <EvidenceText text={text} />
      </Mark>
    );
  });
}
