import './view.css';
import { useState, type KeyboardEvent } from 'react';
import { withKey } from '../../charts/picture-keys.ts';
import { FilterBar } from '../../filter/filter-bar.tsx';
import { useFilter, type Filter } from '../../filter/use-filter.ts';
import { useAnalysis } from '../../query/use-analysis.ts';
import { useEngineQuery } from '../../query/use-engine-query.ts';
import { GoLink } from '../../state/go-link.tsx';
import { goTo, usePlace } from '../../state/selection.ts';
import { usePictureKeys } from '../../state/use-picture-keys.ts';
import { Answer } from '../../widgets/answer.tsx';
import { Button } from '../../widgets/button.tsx';
import { formatCount, formatPlural } from '../../widgets/format.ts';
import { ANALYSIS_WORDS, NotRun } from '../../widgets/not-run.tsx';
import { HeatPicture } from './heat-picture.tsx';
import { MapPicture } from './map-picture.tsx';
import { NothingFits } from './nothing-fits.tsx';
import { PICTURES, pictureOf, TIME_FIRST, type Picture } from './pictures.ts';
import { SpreadPicture } from './spread-picture.tsx';

/** Graph: the calls that fit as an aggregate map, over time, as a matrix, and by the hosts that they reached; each with a table twin. */
export function GraphView() {
  const filter = useFilter();
  const info = useEngineQuery('case.info', {});
  const count = useEngineQuery('calls.count', { query: filter.good });
  const tab = usePlace('tab');
  const [asTable, setAsTable] = useState(false);
  const keys = usePictureKeys();
  const calls = count.data?.total;
  const picture = pictureOf(tab, calls);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea') !== null) return;
    if (keys.read(event) !== 'as-table') return;
    setAsTable(!asTable);
    event.preventDefault();
  };
  return (
    <div className="view">
      <FilterBar
        filter={filter}
        label="Query over the calls of the picture"
        placeholder="Calls in the picture: agent:*, host:files.*, is:write, status >= 400"
        count={calls === undefined ? '' : `${formatCount(calls)} of ${formatPlural(info.data?.calls ?? calls, 'call')}`}
      />
      <Answer query={count} what="the calls" lines={10}>
        {({ total }) =>
          total === 0 ? (
            <NothingFits query={filter.good} />
          ) : info.data?.analyzed === false ? (
            <NotAnalysed calls={info.data.calls} />
          ) : (
            <div className="graph-picture" tabIndex={-1} onKeyDown={onKeyDown}>
              <PictureBar picture={picture} calls={total} isChosen={tab !== undefined} asTable={asTable} onTable={setAsTable} />
              <ChosenPicture key={picture} picture={picture} filter={filter} asTable={asTable} />
            </div>
          )
        }
      </Answer>
    </div>
  );
}

/** Without an analysis nobody is known to have called anything. */
function NotAnalysed({ calls }: { readonly calls: number }) {
  const [work, start] = useAnalysis();
  return (
    <NotRun title="Not analysed yet" work={work} words={ANALYSIS_WORDS} onStart={start}>
      Who made the {formatPlural(calls, 'call')} and which endpoints they are of is found by the analysis. It has not run on the evidence as
      it stands now.
    </NotRun>
  );
}

interface PictureBarProps {
  readonly picture: Picture;
  readonly calls: number;
  /** False when the count of the calls chose the picture. */
  readonly isChosen: boolean;
  readonly asTable: boolean;
  readonly onTable: (asTable: boolean) => void;
}

/** Which picture, and as a table or drawn. */
function PictureBar({ picture, calls, isChosen, asTable, onTable }: PictureBarProps) {
  const keys = usePictureKeys();
  return (
    <div className="graph-bar">
      <div className="segmented" role="group" aria-label="Picture">
        {PICTURES.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            aria-pressed={picture === id}
            onClick={() => {
              goTo({ tab: id });
            }}
          >
            {title}
          </button>
        ))}
      </div>
      <Button
        aria-pressed={asTable}
        title={withKey('The same as a table', 'as-table', keys)}
        onClick={() => {
          onTable(!asTable);
        }}
      >
        Table
      </Button>
      <GoLink to={{ view: 'chains', chain: undefined, call: undefined }}>Chains with such a call</GoLink>
      {!isChosen && calls > TIME_FIRST ? (
        <span className="muted">
          More than {formatCount(TIME_FIRST)} calls begin with counts over time. Narrow them to see who did what, or choose the map.
        </span>
      ) : null}
    </div>
  );
}

function ChosenPicture({ picture, filter, asTable }: { readonly picture: Picture; readonly filter: Filter; readonly asTable: boolean }) {
  if (picture === 'map') return <MapPicture filter={filter} asTable={asTable} />;
  if (picture === 'spread') return <SpreadPicture query={filter.good} asTable={asTable} />;
  return <HeatPicture filter={filter} shape={picture} asTable={asTable} />;
}
