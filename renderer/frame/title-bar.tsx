import { ArrowLeft, ArrowRight, CircleQuestionMark, Contrast, Search } from 'lucide-react';
import { copyCase } from '../host/cases.ts';
import { useCanGoBack, useCanGoForward } from '../state/history.ts';
import { setPrefs, THEMES, usePrefs } from '../state/prefs.ts';
import { useReadOnly } from '../state/read-only.ts';
import { useSession } from '../state/session.ts';
import { useKeysOf } from '../state/use-keys-of.ts';
import type { View } from '../views/view.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { IconButton } from '../widgets/icon-button.tsx';
import { keyText, onMac } from '../widgets/key-steps.ts';
import { Keys } from '../widgets/keys.tsx';
import { Menu } from '../widgets/menu.tsx';
import { attempt } from './attempt.ts';
import { CaseLock } from './case-lock.tsx';
import { ZoneChoice } from './zone-choice.tsx';

interface TitleBarProps {
  readonly view: View;
  readonly onPalette: () => void;
  readonly onKeyMap: () => void;
}

/** The top line: which case, which screen, the way back, every command, which time zone, and how it looks. */
export function TitleBar({ view, onPalette, onKeyMap }: TitleBarProps) {
  const title = useSession((state) => state.openCase?.title);
  const readOnly = useReadOnly();
  const keysOf = useKeysOf();
  const palette = keysOf('find-command');
  return (
    <header className="title-bar">
      <HistoryButtons />
      <div className="title-bar-title">
        <h1>{view.title}</h1>
        {title === undefined ? null : (
          <>
            <span className="title-bar-case">
              <EvidenceText text={title} />
            </span>
            <CaseLock />
          </>
        )}
        {readOnly === undefined ? null : <ReadOnlyMark why={readOnly} />}
      </div>
      <button type="button" className="find-command" onClick={onPalette}>
        <Search size={14} strokeWidth={1.5} aria-hidden="true" />
        Find a command
        {palette === undefined ? null : <Keys keys={palette} />}
      </button>
      <ZoneChoice />
      <ThemeMenu />
      <IconButton icon={CircleQuestionMark} label="Keys" title={withKeys('Keys', keysOf('show-keys'))} onClick={onKeyMap} />
    </header>
  );
}

/** Says that nothing can be changed here and why, and offers a copy in which it can. */
function ReadOnlyMark({ why }: { readonly why: string }) {
  return (
    <>
      <span className="tag read-only" title={why}>
        READ-ONLY<span className="visually-hidden">. {why}.</span>
      </span>
      <button
        type="button"
        className="link"
        onClick={() => {
          attempt('Copying the case', copyCase());
        }}
      >
        Copy to my cases
      </button>
    </>
  );
}

function HistoryButtons() {
  const back = useCanGoBack();
  const forward = useCanGoForward();
  const keysOf = useKeysOf();
  return (
    <div className="history">
      <IconButton
        icon={ArrowLeft}
        label="Back"
        title={withKeys('Back', keysOf('go-back'))}
        disabled={back ? undefined : 'This is the first place of this window'}
        onClick={() => {
          window.history.back();
        }}
      />
      <IconButton
        icon={ArrowRight}
        label="Forward"
        title={withKeys('Forward', keysOf('go-forward'))}
        disabled={forward ? undefined : 'There is no later place'}
        onClick={() => {
          window.history.forward();
        }}
      />
    </div>
  );
}

/** A tooltip with the key behind it: `Back (Alt ←)`. */
const withKeys = (title: string, keys: string | undefined): string => (keys === undefined ? title : `${title} (${keyText(keys, onMac())})`);

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
