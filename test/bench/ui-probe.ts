import type { Page } from '@playwright/test';

/** What an answer took, from the key that asked for it to the paint that shows it. Units: ms. */
export interface Answered {
  /** `undefined` when no rows were drawn in time. */
  readonly rows: number | undefined;
  /** `undefined` when the screen has no facets, or they did not come in time. */
  readonly facets: number | undefined;
}

/** How a table was drawn while it was scrolled. */
export interface Scrolled {
  /** How long each row that was in sight without its values stayed so. Units: ms. */
  readonly blanks: readonly number[];
  readonly frames: number;
  /** Frames that a screen of 60 Hz would have drawn and that were not. */
  readonly dropped: number;
}

/** The probe as the page holds it. */
interface Probe {
  answered(patience: number): Promise<Answered>;
  keystrokes(): readonly number[];
  rowsDrawn(since: number, patience: number): Promise<number | undefined>;
  /** Clicks a row of the list of chains. Gives the time to the paint with rows of that chain, `undefined` when there were none. Units: ms. */
  chainDrawn(index: number, patience: number): Promise<number | undefined>;
  /** Waits for the next event of a type: a key that is pressed overtakes what the page is asked at the same time. */
  watchFor(type: 'keydown' | 'click', selector: string, patience: number): void;
  /** Time from that event to the paint with an element that fits the selector, `undefined` when there was none. Units: ms. */
  watched(): Promise<number | undefined>;
  /** The same from a link of ours that is followed in this window. */
  linkShown(hash: string, selector: string, patience: number): Promise<number | undefined>;
  startScroll(): void;
  stopScroll(): Scrolled;
}

declare global {
  var uiProbe: Probe;
}

/** Runs inside the page, before its own scripts: times are the page's own, without the driver's way to it. */
function installProbe(): void {
  const grid = (): Element | null => document.querySelector('[role="grid"][aria-label="Calls"]');
  const fields = (): Element | null => document.querySelector('[role="region"][aria-label="Fields"], section[aria-label="Fields"]');
  const isBusy = (element: Element | null): boolean => element?.getAttribute('aria-busy') === 'true';
  const bodyRows = (): readonly Element[] => [...(grid()?.querySelectorAll('.vtable-body [role="row"]') ?? [])];
  const isBlank = (row: Element): boolean => row.querySelector('.vtable-wait') !== null;
  const afterPaint = (run: () => void): void => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = run;
      channel.port2.postMessage(0);
    });
  };
  const watch = (look: () => void): MutationObserver => {
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['aria-busy'], childList: true, subtree: true });
    return observer;
  };

  const typed: number[] = [];
  document.addEventListener(
    'input',
    () => {
      const started = performance.now();
      afterPaint(() => typed.push(performance.now() - started));
    },
    { capture: true },
  );

  /** Time from the next Enter until something was busy and is no more; the facets, where there are any, too. */
  const answered = (patience: number): Promise<Answered> =>
    new Promise((resolve) => {
      let started: number | undefined;
      const parts = [grid, fields].map((find) => ({ find, wasBusy: false, seen: false, took: undefined as number | undefined }));
      const end = (): void => {
        observer.disconnect();
        clearTimeout(timer);
        resolve({ rows: parts[0]?.took, facets: parts[1]?.took });
      };
      const look = (): void => {
        if (started === undefined) return;
        const since = started;
        for (const part of parts) {
          const busy = isBusy(part.find());
          part.wasBusy ||= busy;
          if (busy || !part.wasBusy || part.seen) continue;
          part.seen = true;
          afterPaint(() => {
            part.took = performance.now() - since;
            if (parts.every(({ find, took }) => took !== undefined || find() === null)) end();
          });
        }
      };
      const observer = watch(look);
      const timer = setTimeout(end, patience);
      const onKey = (event: KeyboardEvent): void => {
        if (event.key !== 'Enter') return;
        document.removeEventListener('keydown', onKey, { capture: true });
        started = performance.now();
      };
      document.addEventListener('keydown', onKey, { capture: true });
    });

  const rowsDrawn = (since: number, patience: number): Promise<number | undefined> =>
    new Promise((resolve) => {
      const until = performance.now() + patience;
      const look = (): void => {
        const rows = bodyRows();
        if (rows.length > 0 && rows.some((row) => !isBlank(row))) {
          afterPaint(() => {
            resolve(performance.timeOrigin + performance.now() - since);
          });
        } else if (performance.now() > until) resolve(undefined);
        else requestAnimationFrame(look);
      };
      look();
    });

  const chainDrawn = (index: number, patience: number): Promise<number | undefined> =>
    new Promise((resolve) => {
      const tree = (): Element | null => document.querySelector('[role="treegrid"]');
      const before = tree();
      const row = document.querySelector<HTMLElement>(`[role="grid"][aria-label="Chains"] [data-index="${String(index)}"]`);
      const since = performance.now();
      row?.click();
      const look = (): void => {
        const now = tree();
        if (now !== before && now?.querySelector('.vtable-body [role="row"]') instanceof Element) {
          afterPaint(() => {
            resolve(performance.now() - since);
          });
        } else if (performance.now() > since + patience) resolve(undefined);
        else requestAnimationFrame(look);
      };
      look();
    });

  const painted = (since: number, selector: string, patience: number): Promise<number | undefined> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (document.querySelector(selector) !== null)
          afterPaint(() => {
            resolve(performance.now() - since);
          });
        else if (performance.now() > since + patience) resolve(undefined);
        else requestAnimationFrame(look);
      };
      look();
    });

  let watchedFor: Promise<number | undefined> = Promise.resolve(undefined);
  const watchFor: Probe['watchFor'] = (type, selector, patience) => {
    watchedFor = new Promise((resolve) => {
      const onEvent = (): void => {
        resolve(painted(performance.now(), selector, patience));
      };
      document.addEventListener(type, onEvent, { capture: true, once: true });
    });
  };

  const linkShown: Probe['linkShown'] = (hash, selector, patience) => {
    const since = performance.now();
    window.location.hash = hash;
    return painted(since, selector, patience);
  };

  let scroll: { readonly blanks: number[]; readonly open: Map<string, number>; frames: number; dropped: number; last: number } | undefined;
  const inSight = (row: Element, box: DOMRect): boolean => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > box.top && top < box.bottom;
  };
  const lookForBlanks = (now: number): void => {
    const run = scroll;
    const box = grid()?.getBoundingClientRect();
    if (run === undefined || box === undefined) return;
    const blank = new Set(
      bodyRows()
        .filter((row) => isBlank(row) && inSight(row, box))
        .map((row) => row.getAttribute('aria-rowindex') ?? ''),
    );
    for (const [row, since] of run.open) {
      if (blank.has(row)) continue;
      run.blanks.push(now - since);
      run.open.delete(row);
    }
    for (const row of blank) if (!run.open.has(row)) run.open.set(row, now);
  };
  const onFrame = (now: number): void => {
    const run = scroll;
    if (run === undefined) return;
    run.frames += 1;
    run.dropped += Math.max(0, Math.round((now - run.last) / (1000 / 60)) - 1);
    run.last = now;
    // Once the frame is laid out: to ask for places before that would cost a layout more, which is no cost of the table.
    afterPaint(() => {
      lookForBlanks(now);
    });
    requestAnimationFrame(onFrame);
  };

  globalThis.uiProbe = {
    answered,
    rowsDrawn,
    chainDrawn,
    watchFor,
    watched: () => watchedFor,
    linkShown,
    keystrokes: () => typed.splice(0),
    startScroll() {
      scroll = { blanks: [], open: new Map(), frames: 0, dropped: 0, last: performance.now() };
      requestAnimationFrame(onFrame);
    },
    stopScroll() {
      const run = scroll;
      scroll = undefined;
      if (run === undefined) return { blanks: [], frames: 0, dropped: 0 };
      const stillBlank = [...run.open.values()].map((since) => run.last - since);
      return { blanks: [...run.blanks, ...stillBlank], frames: run.frames, dropped: run.dropped };
    },
  };
}

/** Puts the probe into every document that the page loads. */
export const addProbe = (page: Page): Promise<unknown> => page.addInitScript(installProbe);
