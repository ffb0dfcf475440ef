import { CircleQuestionMark, Contrast, Monitor, Moon, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { setPrefs, usePrefs, type Theme } from '../state/prefs.ts';
import { useSession } from '../state/session.ts';
import type { View } from '../views/view.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';

const THEMES = [
  { id: 'system', label: 'As the system', icon: Monitor },
  { id: 'light', label: 'Light', icon: Sun },
  { id: 'dark', label: 'Dark', icon: Moon },
  { id: 'light-contrast', label: 'Light, high contrast', icon: Contrast },
  { id: 'dark-contrast', label: 'Dark, high contrast', icon: Contrast },
] as const satisfies readonly { readonly id: Theme; readonly label: string; readonly icon: typeof Sun }[];

/** The top line: which case, which screen, which time zone, and how it looks. */
export function TitleBar({ view, onKeyMap }: { readonly view: View; readonly onKeyMap: () => void }) {
  const title = useSession((state) => state.openCase?.title);
  return (
    <header className="title-bar">
      <div className="title-bar-title">
        <h1>{view.title}</h1>
        {title === undefined ? null : (
          <span className="title-bar-case">
            <EvidenceText text={title} />
          </span>
        )}
      </div>
      <span className="muted">Times in UTC</span>
      <ThemeMenu />
      <button type="button" className="icon-button" aria-label="Keys" title="Keys (?)" onClick={onKeyMap}>
        <CircleQuestionMark size={16} strokeWidth={1.5} aria-hidden="true" />
      </button>
    </header>
  );
}

function ThemeMenu() {
  const theme = usePrefs((prefs) => prefs.theme);
  const Current = THEMES.find((entry) => entry.id === theme)?.icon ?? Monitor;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="icon-button" aria-label="Theme" title="Theme">
          <Current size={16} strokeWidth={1.5} aria-hidden="true" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
        <DropdownMenu.RadioGroup
          value={theme}
          onValueChange={(value) => {
            const chosen = THEMES.find((entry) => entry.id === value);
            if (chosen !== undefined) setPrefs({ theme: chosen.id });
          }}
        >
          {THEMES.map(({ id, label, icon: Icon }) => (
            <DropdownMenu.RadioItem key={id} value={id} className="menu-item">
              <Icon size={16} strokeWidth={1.5} aria-hidden="true" />
              {label}
              {id === theme ? <span className="muted">in use</span> : null}
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
