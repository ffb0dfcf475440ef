import { useState } from 'react';
import { Tooltip } from 'radix-ui';
import { goTo, usePlace } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { printPlace } from '../state/url.ts';
import { useKeysOf } from '../state/use-keys-of.ts';
import { views } from '../views/index.ts';
import type { View } from '../views/view.ts';
import { Keys } from '../widgets/keys.tsx';
import { SpoorMark } from './spoor-mark.tsx';

const onRail = views.filter((view: View) => view.isHidden !== true);

/** The list of screens at the left edge. */
export function Rail() {
  // Tooltips stand inside the rail, not at the end of the page: there they would belong to no part of it.
  const [rail, setRail] = useState<HTMLElement | null>(null);
  return (
    <nav ref={setRail} className="rail" aria-label="Screens">
      <div className="rail-mark">
        <SpoorMark />
      </div>
      {/* A tooltip that can be hovered waits for one more move of the pointer before it goes; these hold nothing to reach. */}
      <Tooltip.Provider delayDuration={300} disableHoverableContent>
        <ul className="rail-list">
          {onRail.map((view) => (
            <li key={view.id}>
              <RailItem view={view} rail={rail} />
            </li>
          ))}
        </ul>
      </Tooltip.Provider>
    </nav>
  );
}

function RailItem({ view, rail }: { readonly view: View; readonly rail: HTMLElement | null }) {
  const current = usePlace('view') === view.id;
  const query = usePlace('query');
  const pin = usePlace('pin');
  const hasCase = useSession((state) => state.openCase !== undefined);
  const disabled = view.needsCase && !hasCase;
  const keys = useKeysOf()(`go-to-${view.id}`);
  const Icon = view.icon;
  // Once clicked it has said what it had to say; until the pointer leaves, it would only cover the screen that has come.
  const [isUsed, setUsed] = useState(false);
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <a
          className="rail-item"
          href={printPlace({ view: view.id, query, pin })}
          aria-current={current ? 'page' : undefined}
          aria-disabled={disabled ? true : undefined}
          onClick={(event) => {
            event.preventDefault();
            setUsed(true);
            if (!disabled) goTo({ view: view.id });
          }}
          onPointerLeave={() => {
            setUsed(false);
          }}
          onBlur={() => {
            setUsed(false);
          }}
        >
          <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
          <span className="rail-label">{view.title}</span>
        </a>
      </Tooltip.Trigger>
      {isUsed && !disabled ? null : (
        <Tooltip.Portal container={rail}>
          <Tooltip.Content className="tooltip" side="right" sideOffset={4}>
            {view.title} {keys === undefined ? null : <Keys keys={keys} />}
            {disabled ? <div className="muted">Opens with a case</div> : null}
          </Tooltip.Content>
        </Tooltip.Portal>
      )}
    </Tooltip.Root>
  );
}
