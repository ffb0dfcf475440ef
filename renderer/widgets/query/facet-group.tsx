import './facet-group.css';
import { ChevronDown, ChevronRight, Minus, Search } from 'lucide-react';
import { Toolbar } from 'radix-ui';
import { useState } from 'react';
import { toVisibleText } from '#shared/lib/visible-text.ts';
import { EvidenceText } from '../evidence-text.tsx';
import { formatCount } from '../format.ts';
import { MiddleText } from '../middle-text.tsx';

/** One value of a field. */
export interface FacetValue {
  readonly value: string;
  /** What people call it, where the value is a code. */
  readonly label?: string | undefined;
  /** Calls that fit the query and have it; 0 is shown, greyed. */
  readonly calls: number;
  /** What the query says of it. */
  readonly state: 'included' | 'excluded' | 'open';
  /** What it means, where the value alone does not say. */
  readonly about?: string | undefined;
}

interface FacetGroupProps {
  readonly title: string;
  /** What is counted, in the plural; calls when it is left out. */
  readonly noun?: string;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  /** `undefined` while they are being counted. */
  readonly values: readonly FacetValue[] | undefined;
  /** Values that the field has in all. */
  readonly distinct: number | undefined;
  /** Calls that have none. */
  readonly without: number | undefined;
  readonly find: string;
  readonly onFind: (text: string) => void;
  readonly onInclude: (value: string) => void;
  readonly onExclude: (value: string) => void;
  /** Takes the value out of the query again. */
  readonly onForget: (value: string) => void;
  /** Asks for those that have none. */
  readonly onWithout?: () => void;
  readonly stale: boolean;
}

/** Fewer values need no search. */
const SEARCHED_FROM = 8;

/**
 * A field and its most frequent values with their counts: a click includes a value, the button beside it or the minus key excludes it.
 * Stands in a toolbar, so that all fields together are one stop of the Tab key and arrow keys go through them.
 */
export function FacetGroup(props: FacetGroupProps) {
  const { title, open, onOpen, values, distinct, without, find, onFind, stale } = props;
  const [searching, setSearching] = useState(false);
  const most = Math.max(1, ...(values ?? []).map((value) => value.calls));
  const Chevron = open ? ChevronDown : ChevronRight;
  const searchable = searching || find !== '' || (distinct ?? 0) >= SEARCHED_FROM;
  return (
    <div className="facet" role="group" aria-label={title}>
      <div className="facet-head">
        <h2>
          <Toolbar.Button
            className="facet-title"
            aria-expanded={open}
            onClick={() => {
              onOpen(!open);
            }}
          >
            <Chevron size={12} strokeWidth={1.5} aria-hidden="true" />
            {title}
            {open && distinct !== undefined ? <span className="faint number">{formatCount(distinct)}</span> : null}
          </Toolbar.Button>
        </h2>
        {open && searchable ? (
          <Toolbar.Button
            className="icon-button"
            aria-label={`Search the values of ${title.toLowerCase()}`}
            aria-pressed={searching}
            onClick={() => {
              setSearching(!searching);
              onFind('');
            }}
          >
            <Search size={12} strokeWidth={1.5} aria-hidden="true" />
          </Toolbar.Button>
        ) : null}
      </div>
      {open && searching ? (
        <input
          type="search"
          className="facet-search"
          aria-label={`Part of a value of ${title.toLowerCase()}`}
          placeholder="part of a value"
          maxLength={200}
          value={find}
          onChange={(event) => {
            onFind(event.target.value);
          }}
        />
      ) : null}
      {!open ? null : values === undefined ? (
        <p className="faint facet-note">counting</p>
      ) : (
        <ul className="facet-values" aria-busy={stale}>
          {values.map((value) => (
            <li key={value.value}>
              <Value {...props} value={value} share={value.calls / most} />
            </li>
          ))}
          {values.length === 0 ? (
            <li className="faint facet-note">
              {find === '' ? `none of the ${props.noun ?? 'calls'} here has a value` : 'no value contains this'}
            </li>
          ) : null}
          {without === undefined || without === 0 || find !== '' ? null : (
            <li>
              <Without without={without} onWithout={props.onWithout} />
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

/** How many have no value at all; a button where it leads to them. */
function Without({ without, onWithout }: { readonly without: number; readonly onWithout: (() => void) | undefined }) {
  const words = (
    <>
      <span>without</span>
      <span className="number">{formatCount(without)}</span>
    </>
  );
  if (onWithout === undefined) return <div className="faint facet-note">{words}</div>;
  return (
    <Toolbar.Button className="facet-note facet-without" onClick={onWithout}>
      {words}
    </Toolbar.Button>
  );
}

interface ValueProps extends Pick<FacetGroupProps, 'title' | 'noun' | 'onInclude' | 'onExclude' | 'onForget'> {
  readonly value: FacetValue;
  /** Of the largest count of the group, 0 to 1. */
  readonly share: number;
}

function Value({ title, noun = 'calls', value, share, onInclude, onExclude, onForget }: ValueProps) {
  const name = title.toLowerCase();
  const exclude = (): void => {
    if (value.state === 'excluded') onForget(value.value);
    else onExclude(value.value);
  };
  return (
    <div className={`facet-value facet-${value.state}${value.calls === 0 ? ' facet-none' : ''}`}>
      <Toolbar.Button
        className="facet-choose"
        title={value.about}
        aria-pressed={value.state === 'included'}
        aria-keyshortcuts="-"
        onKeyDown={(event) => {
          if (event.key !== '-' && event.key !== '−') return;
          event.preventDefault();
          exclude();
        }}
        onClick={() => {
          if (value.state === 'open') onInclude(value.value);
          else onForget(value.value);
        }}
      >
        <span className="facet-bar" style={{ width: `${String(Math.round(share * 100))}%` }} aria-hidden="true" />
        <span className="facet-text">
          {value.label ?? (value.value === '' ? <EvidenceText text="(empty)" /> : <MiddleText text={value.value} tail={8} mono />)}
        </span>
        <span className="number muted">
          {formatCount(value.calls)}
          <span className="visually-hidden"> {noun}</span>
        </span>
      </Toolbar.Button>
      <button
        type="button"
        tabIndex={-1}
        className="icon-button facet-exclude"
        aria-pressed={value.state === 'excluded'}
        aria-label={`No ${noun} with ${name} ${value.label ?? toVisibleText(value.value)}`}
        title="Exclude (−)"
        onClick={exclude}
      >
        <Minus size={12} strokeWidth={1.5} aria-hidden="true" />
      </button>
    </div>
  );
}
