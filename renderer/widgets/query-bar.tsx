import './query-bar.css';
import { Search, X } from 'lucide-react';
import { startTransition, useDeferredValue, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { applyCompletion, completeAt, valueInsert, type Completion } from '#shared/query/complete.ts';
import { parseQuery, type QueryProblem } from '#shared/query/parse.ts';
import { EvidenceText } from './evidence-text.tsx';
import { formatCount } from './format.ts';

/** One line of the list under the query. */
interface Offer {
  readonly group: string;
  readonly label: string;
  readonly about: string;
  /** The query after choosing. */
  readonly text: string;
  readonly caret: number;
  /** True when choosing also runs the query. */
  readonly runs: boolean;
}

export interface QueryValue {
  readonly value: string;
  readonly calls: number;
}

interface QueryBarProps {
  /** The query that is shown now. */
  readonly text: string;
  readonly onApply: (text: string) => void;
  /** Tells what could be completed, so that the owner can fetch values. */
  readonly onCompletion: (completion: Completion) => void;
  /** Values of the field at the caret, by count; `undefined` while they are on their way. */
  readonly values: readonly QueryValue[] | undefined;
  /** Earlier queries, latest first. */
  readonly history: readonly string[];
  readonly label: string;
  readonly placeholder: string;
}

/** Most lines offered at once. */
export const MAX_OFFERS = 60;
const MAX_HISTORY = 6;

/**
 * The query as text: checked at every keystroke, the wrong place underlined, fields and values offered; Enter runs it.
 * A query that cannot be understood is never run, so what is on screen stays.
 */
export function QueryBar({ text, onApply, onCompletion, values, history, label, placeholder }: QueryBarProps) {
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
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      setOpen(false);
      setAt(undefined);
    }
  };
  const syncScroll = (): void => {
    if (mirror.current !== null && input.current !== null) mirror.current.scrollLeft = input.current.scrollLeft;
  };
  useEffect(syncScroll);

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

/** Words that can stand in the text as they are; the others only describe. */
const isFix = (word: string): boolean => /^[\w.:-]+$/.test(word) && word !== 'or';

function Problem({ id, problem, onFix }: { readonly id: string; readonly problem: QueryProblem; readonly onFix: (fix: string) => void }) {
  return (
    <div id={id} className="query-problem" role="status">
      <strong>At character {formatCount(problem.at + 1)}</strong>
      <span>
        <EvidenceText text={problem.message} />
      </span>
      {problem.expected
        .filter(isFix)
        .slice(0, 3)
        .map((fix) => (
          <button
            key={fix}
            type="button"
            className="link"
            tabIndex={-1}
            onClick={() => {
              onFix(fix);
            }}
          >
            {fix}
          </button>
        ))}
    </div>
  );
}

function Offers({
  id,
  offers,
  at,
  onChoose,
}: {
  readonly id: string;
  readonly offers: readonly Offer[];
  readonly at: number | undefined;
  readonly onChoose: (offer: Offer) => void;
}) {
  const groups = [...new Set(offers.map((offer) => offer.group))];
  return (
    <div className="query-options" id={`${id}-list`} role="listbox" aria-label="Suggestions">
      {groups.map((group) => (
        <div key={group} role="group" aria-label={group}>
          <div className="query-group" aria-hidden="true">
            {group}
          </div>
          {offers.map((offer, index) =>
            offer.group !== group ? null : (
              <div
                key={`${offer.group} ${offer.label}`}
                id={`${id}-${String(index)}`}
                role="option"
                aria-selected={index === at}
                className="query-option"
                ref={index === at ? scrollIntoView : undefined}
                onClick={() => {
                  onChoose(offer);
                }}
              >
                <span className="mono">
                  <EvidenceText text={offer.label} />
                </span>
                <span className="query-about">{offer.about}</span>
              </div>
            ),
          )}
        </div>
      ))}
    </div>
  );
}

const scrollIntoView = (element: HTMLElement | null): void => {
  element?.scrollIntoView({ block: 'nearest' });
};

function listOffers(
  draft: string,
  completion: Completion,
  values: readonly QueryValue[] | undefined,
  history: readonly string[],
): readonly Offer[] {
  const earlier =
    draft.trim() === ''
      ? history
          .slice(0, MAX_HISTORY)
          .map((text): Offer => ({ group: 'Recent queries', label: text, about: '', text, caret: text.length, runs: true }))
      : [];
  if (completion.kind === 'none') return earlier;
  if (completion.kind === 'fields') {
    const fields = completion.options.map((option): Offer => ({
      group: 'Fields',
      label: option.label,
      about: option.description,
      ...applyCompletion(draft, completion.from, completion.to, option.insert),
      runs: false,
    }));
    return [...earlier, ...fields].slice(0, MAX_OFFERS);
  }
  const { from, to, field, prefix } = completion;
  const known = completion.choices
    ?.filter((choice) => choice.startsWith(prefix.toLowerCase()))
    .map((value) => ({ value, calls: values?.find((counted) => counted.value === value)?.calls }));
  return (known ?? values ?? []).slice(0, MAX_OFFERS).map(({ value, calls }): Offer => ({
    group: `Values of ${field}`,
    label: value,
    about: calls === undefined ? '' : `${formatCount(calls)} calls`,
    ...applyCompletion(draft, from, to, valueInsert(value)),
    runs: false,
  }));
}
