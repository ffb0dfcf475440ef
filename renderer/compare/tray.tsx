import './tray.css';
import { Check, X } from 'lucide-react';
import { useCommands } from '../state/commands.ts';
import { chosenPair, clearTray, removeFromTray, showCompared, toggleChosen, useTray, type TrayItem } from '../state/compare-tray.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { IconButton } from '../widgets/icon-button.tsx';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { Button } from '../widgets/button.tsx';

const KINDS: Readonly<Record<TrayItem['kind'], string>> = {
  call: 'Call',
  chain: 'Chain',
  principal: 'Principal',
  window: 'Time',
  query: 'Query',
};

const NEEDS_TWO = 'Choose two things in the compare tray first';

/** What lies in the compare tray, on every screen; nothing while it is empty. Two that are pressed are compared. */
export function Tray() {
  const tray = useTray();
  const pair = chosenPair(tray);
  const compare = (): void => {
    if (pair !== undefined) showCompared(pair);
  };
  useCommands([
    {
      id: 'compare-chosen',
      title: 'Compare the two chosen in the compare tray',
      group: 'Compare',
      enabled: pair !== undefined,
      reason: NEEDS_TWO,
      run: compare,
    },
    {
      id: 'empty-tray',
      title: 'Empty the compare tray',
      group: 'Compare',
      enabled: tray.items.length > 0,
      reason: 'It is empty',
      run: clearTray,
    },
  ]);
  if (tray.items.length === 0) return null;
  return (
    <section className="tray" aria-label="Compare tray">
      <strong>Compare</strong>
      <ul className="tray-items">
        {tray.items.map((item) => (
          <Item key={item.query} item={item} isChosen={tray.chosen.includes(item.query)} />
        ))}
      </ul>
      <Button disabled={pair === undefined ? NEEDS_TWO : undefined} onClick={compare}>
        Compare the two
      </Button>
      <button type="button" className="link" onClick={clearTray}>
        Empty the tray
      </button>
    </section>
  );
}

function Item({ item, isChosen }: { readonly item: TrayItem; readonly isChosen: boolean }) {
  return (
    <li className="tray-item">
      <button
        type="button"
        className="tray-choose"
        aria-pressed={isChosen}
        title={isChosen ? 'Compared next' : 'Compare this one next'}
        onClick={() => {
          toggleChosen(item.query);
        }}
      >
        {isChosen ? <Check size={12} strokeWidth={1.5} aria-hidden="true" /> : null}
        <span className="muted">{KINDS[item.kind]}</span>
        <span className="tray-text">
          <EvidenceText text={item.label} />
        </span>
      </button>
      <IconButton
        icon={X}
        label={`Out of the tray: ${toVisibleText(item.label)}`}
        title="Out of the tray"
        onClick={() => {
          removeFromTray(item.query);
        }}
      />
    </li>
  );
}
