import { ArrowLeft, ArrowRight, CircleQuestionMark, Contrast, Search } from 'lucide-react';
import { useCanGoBack, useCanGoForward } from '../state/history.ts';
import { setPrefs, THEMES, usePrefs } from '../state/prefs.ts';
import { useSession } from '../state/session.ts';
import type { View } from '../views/view.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { Keys } from '../widgets/keys.tsx';
import { Menu } from '../widgets/menu.tsx';

interface TitleBarProps {
  readonly view: View;
  readonly onPalette: () => void;
  readonly onKeyMap: () => void;
}

/** The top line: which case, which screen, the way back, every command, which time zone, and how it looks. */
export function TitleBar({ view, onPalette, onKeyMap }: TitleBarProps) {
  const title = useSession((state) => state.openCase?.title);
  return (
    <header className="title-bar">
      <HistoryButtons />
      <div className="title-bar-title">
        <h1>{view.title}</h1>
        {title === undefined ? null : (
          <span className="title-bar-case">
            <EvidenceText text={title} />
          </span>
        )}
      </div>
      <button type="button" className="find-command" onClick={onPalette}>
        <Search size={14} strokeWidth={1.5} aria-hidden="true" />
        Find a command
        <Keys keys="mod+k" />
      </button>
      <span className="muted">Times in UTC</span>
      <ThemeMenu />
      <button type="button" className="icon-button" aria-label="Keys" title="Keys (?)" onClick={onKeyMap}>
        <CircleQuestionMark size={16} strokeWidth={1.5} aria-hidden="true" />
      </button>
    </header>
  );
}

function HistoryButtons() {
  const back = useCanGoBack();
  const forward = useCanGoForward();
  return (
    <div className="history">
      <button
        type="button"
        className="icon-button"
        aria-label="Back"
        title="Back (Alt ←)"
        disabled={!back}
        onClick={() => {
          window.history.back();
        }}
      >
        <ArrowLeft size={16} strokeWidth={1.5} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Forward"
        title="Forward (Alt →)"
        disabled={!forward}
        onClick={() => {
          window.history.forward();
        }}
      >
        <ArrowRight size={16} strokeWidth={1.5} aria-hidden="true" />
      </button>
    </div>
  );
}

function ThemeMenu() {
  const theme = usePrefs((prefs) => prefs.theme);
  return (
    <Menu
      label="Theme"
      items={[
        {
          label: 'Theme',
          value: theme,
          choices: THEMES.map(({ id, title }) => ({ id, label: title })),
          choose: (chosen) => {
            const found = THEMES.find(({ id }) => id === chosen);
            if (found !== undefined) setPrefs({ theme: found.id });
          },
        },
      ]}
    >
      <Contrast size={16} strokeWidth={1.5} aria-hidden="true" />
    </Menu>
  );
}
