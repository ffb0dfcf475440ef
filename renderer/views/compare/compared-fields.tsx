import { useState } from 'react';
import type { CallSetComparison, ComparedField } from '#shared/contract/call-sets.ts';
import { GoLink } from '../../state/go-link.tsx';
import { toCalls } from '../../state/places.ts';
import { formatCount, formatShare } from '../../widgets/format.ts';
import { MiddleText } from '../../widgets/middle-text.tsx';
import { callsWith, differs, standing, type SideName } from './sides.ts';

interface ComparedFieldsProps {
  readonly comparison: CallSetComparison;
  readonly sides: Readonly<Record<SideName, string>>;
}

const TITLES: Readonly<Record<string, string>> = {
  principal: 'Principals',
  kind: 'Kinds of principal',
  endpoint: 'Endpoints',
  host: 'Hosts',
  method: 'Methods',
  status: 'Statuses',
  credential: 'Credentials',
  clientIp: 'Clients',
  userAgent: 'User agents',
  tool: 'Tools',
  contentType: 'Content types',
  finding: 'Findings, by detector',
  severity: 'Severities of findings',
  tag: 'Tags',
};

/** Values of a field that stand there before more are asked for. */
const FIRST = 10;

/** Two sets of calls by what they are made of: the values of each field with the calls of either side, those that differ most first. */
export function ComparedFields({ comparison, sides }: ComparedFieldsProps) {
  const [all, setAll] = useState(false);
  const shown = comparison.fields.filter((field) => field.values.length > 0 && (all || differs(field, comparison)));
  const alike = comparison.fields.filter((field) => field.values.length > 0).length - shown.length;
  return (
    <>
      <label className="compare-all">
        <input
          type="checkbox"
          checked={all}
          onChange={(event) => {
            setAll(event.target.checked);
          }}
        />
        What is alike, too{alike === 0 ? '' : ` (${formatCount(alike)} more fields)`}
      </label>
      {shown.length === 0 ? <p className="muted">The two sides are alike in every field that is compared.</p> : null}
      {shown.map((field) => (
        <FieldTable key={field.field} field={field} all={all} comparison={comparison} sides={sides} />
      ))}
    </>
  );
}

interface FieldTableProps extends ComparedFieldsProps {
  readonly field: ComparedField;
  readonly all: boolean;
}

function FieldTable({ field, all, comparison, sides }: FieldTableProps) {
  const [limit, setLimit] = useState(FIRST);
  const { onlyLeft, onlyRight, both, omitted } = field;
  const rows = field.values.filter((value) => all || standing(value, comparison) !== 'alike');
  const hidden = rows.length - limit;
  return (
    <div>
      <table className="table compare-table">
        <caption>
          {TITLES[field.field] ?? field.field}{' '}
          <span className="muted">
            {formatCount(onlyLeft)} only left, {formatCount(onlyRight)} only right, {formatCount(both)} on both sides
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">Value</th>
            <th scope="col" className="end">
              Left calls
            </th>
            <th scope="col" className="end">
              Right calls
            </th>
            <th scope="col">Stands</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map((value) => (
            <tr key={value.value}>
              <td className="compare-value">
                <MiddleText text={value.value} mono />
              </td>
              {(['left', 'right'] as const).map((side) => (
                <td key={side} className="end number">
                  {value[side] === 0 ? (
                    <span className="faint">0</span>
                  ) : (
                    <>
                      <GoLink to={toCalls(callsWith(sides[side], field.field, value.value))}>{formatCount(value[side])}</GoLink>{' '}
                      <span className="muted">{formatShare(value[side], comparison[side].calls)}</span>
                    </>
                  )}
                </td>
              ))}
              <td>{standing(value, comparison)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 ? (
        <button
          type="button"
          className="link"
          onClick={() => {
            setLimit(Infinity);
          }}
        >
          Show {formatCount(hidden)} more
        </button>
      ) : null}
      {omitted > 0 ? <p className="muted">{formatCount(omitted)} more values differ less and are not listed.</p> : null}
    </div>
  );
}
