import { createElement, lazy, Suspense, useState, type ComponentType } from 'react';
import { present } from '#shared/lib/assert.ts';
import { findById } from '#shared/lib/registry.ts';
import { usePrefs } from '../state/prefs.ts';
import { usePlace } from '../state/selection.ts';
import { useSession } from '../state/session.ts';
import { START } from '../state/url.ts';
import { views } from '../views/index.ts';
import type { View } from '../views/view.ts';
import { Skeleton } from '../widgets/skeleton.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { DropTarget } from './drop-target.tsx';
import { ImportBand } from './import-band.tsx';
import { useFrameCommands } from './frame-commands.ts';
import { KeyMap } from './key-map.tsx';
import { Palette } from './palette/palette.tsx';
import { Rail } from './rail.tsx';
import { BesideUtc } from '../widgets/local-time.ts';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { useCommandKeys } from './use-command-keys.ts';
import { useTheme } from './use-theme.ts';
import { useWholeCopy } from './use-whole-copy.ts';
import { Tray } from '../compare/tray.tsx';
import { HuntDialogs } from '../hunting/hunt-dialogs.tsx';
import { IntakeDialog } from '../intake/intake-dialog.tsx';
import { PassphraseDialogs } from '../passphrase/passphrase-dialogs.tsx';
import { ReviewDialogs } from '../review/review-dialogs.tsx';
import { ReviewNotice } from '../review/review-notice.tsx';
import { useReviewCommands } from '../review/use-review-commands.ts';
import { TemplateDialog } from '../templates/template-dialog.tsx';
import { ViewBoundary } from './view-boundary.tsx';

const screens: ReadonlyMap<string, ComponentType> = new Map(
  views.map((view) => [view.id, lazy(async (): Promise<{ default: ComponentType }> => ({ default: await view.load() }))]),
);

/** The window's frame: rail, title bar, the current screen, status bar. */
export function App() {
  const [overlay, setOverlay] = useState<'palette' | 'keys' | undefined>(undefined);
  const close = (): void => {
    setOverlay(undefined);
  };
  const onPalette = (): void => {
    setOverlay('palette');
  };
  const onKeyMap = (): void => {
    setOverlay('keys');
  };
  useTheme();
  useWholeCopy();
  useReviewCommands();
  useCommandKeys();
  useFrameCommands({ onPalette, onKeyMap });
  const view = useCurrentView();
  const known = useSession((state) => state.caseKnown);
  const caseId = useSession((state) => state.openCase?.id);
  const zone = usePrefs((prefs) => prefs.zone);
  return (
    <BesideUtc value={zone}>
      <div className="frame">
        <Rail />
        <TitleBar view={view} onPalette={onPalette} onKeyMap={onKeyMap} />
        <main className="main" aria-label={view.title}>
          <ConnectionBanner />
          <ImportBand />
          <ReviewNotice />
          {/* Another case is another screen: nothing of the last one may stay behind. */}
          <ViewBoundary key={`${view.id} ${caseId ?? ''}`} title={view.title}>
            <Suspense fallback={<Skeleton lines={6} label={view.title} />}>
              {known ? createElement(present(screens.get(view.id), `no screen ${view.id}`)) : <Skeleton lines={6} label="the case" />}
            </Suspense>
          </ViewBoundary>
          <Tray />
        </main>
        <StatusBar />
        <DropTarget />
        <ReviewDialogs />
        <HuntDialogs />
        <TemplateDialog />
        <IntakeDialog />
        <PassphraseDialogs />
        {overlay === 'palette' ? <Palette onClose={close} /> : null}
        {overlay === 'keys' ? <KeyMap onClose={close} /> : null}
      </div>
    </BesideUtc>
  );
}

/** The screen that the link names; for a screen that there is not, and without a case, only the start. */
function useCurrentView(): View {
  const id = usePlace('view');
  const waiting = useSession((state) => !state.caseKnown);
  const hasCase = useSession((state) => state.openCase !== undefined);
  const start = present<View>(findById<View>(views, START.view), 'no start view');
  const view = findById<View>(views, id) ?? start;
  return view.needsCase && !hasCase && !waiting ? start : view;
}
