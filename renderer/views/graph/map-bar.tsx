import { Download } from 'lucide-react';
import { useState } from 'react';
import tokens from '#resources/styles/tokens.css?raw';
import type { GraphMap } from '#shared/contract/graph.ts';
import { lightTokens } from '../../charts/light-tokens.ts';
import type { DrawnMap } from '../../charts/map/chart.tsx';
import { mapPicture } from '../../charts/map/file.ts';
import { pictureEntries } from '../../host/picture-entries.ts';
import { formatPlural } from '../../widgets/format.ts';
import { Menu } from '../../widgets/menu.tsx';

interface MapBarProps {
  readonly map: GraphMap;
  /** How much of it is drawn, and why not more. */
  readonly said: string;
  /** Boxes that the analyst hid. */
  readonly hidden: number;
  /** Absent while the table stands for the picture. */
  readonly picture: DrawnMap | undefined;
  readonly query: string;
  readonly onGrouping: (grouping: 'operation' | 'host') => void;
  readonly onShowAll: () => void;
}

/** What the map shows, how operations stand in it, and the way to a file of it. */
export function MapBar({ map, said, hidden, picture, query, onGrouping, onShowAll }: MapBarProps) {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const hiddenText = hidden === 0 ? [] : [`${formatPlural(hidden, 'box', 'boxes')} hidden`];
  const asked = query.trim() === '' ? 'All calls of the case.' : 'Calls that fit a query; its text is left out.';
  const words = {
    title: `Map of ${formatPlural(map.calls, 'call')}`,
    lines: [[said, ...hiddenText].join(' · '), `${asked} Names of principals are left out.`],
  };
  return (
    <div className="graph-bar muted">
      <span className="graph-shown">{said}</span>
      {hidden === 0 ? null : (
        <button type="button" className="link" onClick={onShowAll}>
          {formatPlural(hidden, 'box', 'boxes')} hidden: show all
        </button>
      )}
      {problem === undefined ? null : <span role="alert">{problem}</span>}
      <div className="segmented" role="group" aria-label="Endpoints">
        {(['operation', 'host'] as const).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={map.grouping === each}
            onClick={() => {
              onGrouping(each);
            }}
          >
            {each === 'operation' ? 'Endpoints' : 'Hosts'}
          </button>
        ))}
      </div>
      <Menu
        label="Save the map"
        items={pictureEntries({
          name: 'map',
          picture: picture === undefined ? undefined : () => mapPicture(picture, words, lightTokens(tokens)),
          disabled: 'A table has no picture: show the map',
          onProblem: setProblem,
        })}
      >
        <Download size={16} strokeWidth={1.5} aria-hidden="true" />
      </Menu>
    </div>
  );
}
