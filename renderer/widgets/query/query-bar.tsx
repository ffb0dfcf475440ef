import './query-bar.css';
import { Search, X } from 'lucide-react';
import { startTransition, useDeferredValue, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { applyCompletion, completeAt, type Completion } from '#shared/query/complete.ts';
import { parseQuery, type QueryProblem } from '#shared/query/parse.ts';
import { listOffers, type Offer, type QueryValue } from './query-offers.ts';
import { Offers, Problem } from './query-popup.tsx';

interface QueryBarProps {
  /** The query that is shown now. */
  readonly text: string;
  readonly onApply: (text: string) => void;
  /** Tells what could be completed, so that the owner can fetch values. */
  readonly onCompletion: (completion: Completion) => void;
  /** Values of the field at the caret, by count; `undefined` while they are on their way. */
  readonly values: readonly QueryValue[] | undefined;
  /** Escape was pressed with nothing left to close. */
  readonly onLeave?: (() => void) | undefined;
  /** Earlier queries, latest first. */
  readonly history: readonly string[];
  readonly label: string;
  readonly placeholder: string;
}

/**
 * The query as text: checked at every keystroke, the wrong place underlined, fields and values offered; Enter runs it.
 * A query that cannot be understood is never run, so what is on screen stays.
 */
export function QueryBar({ text, onApply, onCompletion, values, history, label, placeholder, onLeave }: QueryBarProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState(text);
  const [shownText, setShownText] = useState(text);
  const [caret, setCaret] = useState(text.length);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState<number | undefined>(undefined);
  // What Enter was pressed on though it is not a query: from then on it is told what is wrong even at the end.
  const [refused, setRefused] = useState<string | undefined>(undefined);
  // A query changed elsewhere (a click on a value, Back) replaces the draft.
  if (text !== shownText) {
    setShownText(text);
    setDraft(text);
  }
  const parsed = useMemo(() => parseQuery(draft), [draft]);
  const problem =
    parsed.ok || (isUnfinished(parsed.error, draft) && caret === draft.length && draft !== refused) ? undefined : parsed.error;
  const completion = useMemo(() => completeAt(draft, caret), [draft, caret]);
  useEffect(() => {
    // What is typed is drawn first; its values are asked for after that.
    startTransition(() => {
      onCompletion(open ? completion : { kind: 'none' });
    });
  }, [open, completion, onCompletion]);
  const offered = useDeferredValue(useMemo(() => ({ draft, completion }), [draft, completion]));
  const offers = useMemo(
    () => (open ? listOffers(offered.draft, offered.completion, values, history) : []),
    [open, offered, values, history],
  );

  const place = (next: string, position: number): void => {
    setDraft(next);
    setCaret(position);
    setAt(undefined);
    window.requestAnimationFrame(() => {
      input.current?.setSelectionRange(position, position);
    });
  };
  const apply = (next: string): void => {
    if (!parseQuery(next).ok) {
      setRefused(next);
      return;
    }
    setOpen(false);
    setAt(undefined);
    onApply(next.trim());
  };
  const choose = (offer: Offer): void => {
    place(offer.text, offer.caret);
    if (offer.runs) apply(offer.text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const offer = at === undefined ? undefined : offers[at];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setOpen(true);
      else if (offers.length > 0)
        setAt(event.key === 'ArrowDown' ? ((at ?? -1) + 1) % offers.length : ((at ?? 0) - 1 + offers.length) % offers.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (offer === undefined) apply(draft);
      else choose(offer);
    } else if (event.key === 'Tab' && offer !== undefined) {
      event.preventDefault();
      choose(offer);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      // First the offers go, then the keyboard goes on to what the query found.
      if (listed) setOpen(false);
      else onLeave?.();
      setAt(undefined);
    }
  };
  const syncScroll = (): void => {
    if (mirror.current !== null && input.current !== null) mirror.current.scrollLeft = input.current.scrollLeft;
  };
  const isMarked = problem !== undefined;
  // Only where the mirror underlines something: asking for the place of a scroll lays out the whole page, at each letter and each answer.
  useEffect(() => {
    if (isMarked) syncScroll();
  }, [isMarked, draft]);

  const listed = open && (offers.length > 0 || problem !== undefined);
  return (
    <div className={problem === undefined ? 'query' : 'query wrong'} role="search">
      <Search size={16} strokeWidth={1.5} aria-hidden="true" />
      <div className="query-field">
        <div ref={mirror} className="query-mirror" aria-hidden="true">
          {problem === undefined ? null : <Underlined text={draft} problem={problem} />}
        </div>
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={label}
          aria-expanded={listed}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={at === undefined ? undefined : `${id}-${String(at)}`}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : `${id}-problem`}
          data-query-input=""
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          maxLength={8192}
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value);
            setCaret(event.target.selectionStart ?? event.target.value.length);
            setAt(undefined);
            setOpen(true);
          }}
          onSelect={(event) => {
            setCaret(event.currentTarget.selectionStart ?? 0);
          }}
          onFocus={() => {
            setOpen(true);
          }}
          onClick={() => {
            setOpen(true);
          }}
          onBlur={() => {
            setOpen(false);
          }}
          onScroll={syncScroll}
          onKeyDown={onKeyDown}
        />
      </div>
      {draft.trim() === text.trim() || !parsed.ok ? null : <span className="query-hint">Enter applies it</span>}
      {draft === '' ? null : (
        <button
          type="button"
          className="icon-button"
          aria-label="Clear the query"
          onClick={() => {
            setDraft('');
            onApply('');
          }}
        >
          <X size={14} strokeWidth={1.5} aria-hidden="true" />
        </button>
      )}
      {/* The pointer must not take the focus from the input before a click on an offer is heard. */}
      <div
        className="query-popup"
        hidden={!listed}
        onPointerDown={(event) => {
          event.preventDefault();
        }}
      >
        {problem === undefined ? null : (
          <Problem
            id={`${id}-problem`}
            problem={problem}
            onFix={(fix) => {
              const done = applyCompletion(draft, problem.at, problem.at + problem.length, fix);
              place(done.text, done.caret);
            }}
          />
        )}
        <Offers id={id} offers={offers} at={at} onChoose={choose} />
      </div>
    </div>
  );
}

/** Somebody who is still typing `agent:` needs no telling that a value is missing. */
const isUnfinished = (problem: QueryProblem, text: string): boolean => problem.at + problem.length >= text.length;

function Underlined({ text, problem }: { readonly text: string; readonly problem: QueryProblem }) {
  // Past the end there is nothing to underline: a blank stands for what is missing.
  const wrong = text.slice(problem.at, problem.at + problem.length);
  return (
    <>
      {text.slice(0, problem.at)}
      <span className="query-wrong">{wrong === '' ? '\u00a0\u00a0' : wrong}</span>
      {text.slice(problem.at + problem.length)}
    </>
  );
}
