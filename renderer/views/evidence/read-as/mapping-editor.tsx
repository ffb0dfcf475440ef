import { X } from 'lucide-react';
import type { FieldRow, ProposalRow, ProposedRow } from '#shared/contract/inspection.ts';
import { DURATION_UNITS, TIME_FORMATS, type DurationUnit, type Mapping } from '#shared/model/mapping.ts';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';
import { listOthers, listTargets, pathsOf, TARGETS, withPath, withTime, withUnit, wordOf, type Target } from './mapping-edit.ts';

interface MappingEditorProps {
  readonly mapping: Mapping;
  readonly fields: readonly FieldRow[];
  readonly proposal: ProposalRow | undefined;
  readonly onChange: (mapping: Mapping) => void;
}

const UNIT_WORDS: Readonly<Record<DurationUnit, string>> = {
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  go: 'named in the text (4.5ms)',
};
const KIND_WORDS = { start: 'start of the call', end: 'end of the call', unknown: 'not known' } as const;

/** Which field of a record gives which part of a call: one line a part, proposed and open to correction. */
export function MappingEditor({ mapping, fields, proposal, onChange }: MappingEditorProps) {
  const used = listTargets(mapping);
  const free = TARGETS.filter((target) => !used.includes(target));
  const others = listOthers(mapping);
  return (
    <div className="mapping-editor">
      <div className="mapping-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Part of the call</th>
              <th scope="col">Field of the record</th>
              <th scope="col">Example</th>
              <th scope="col">How it is read</th>
              <th scope="col">
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {used.map((target) => (
              <TargetLine
                key={target}
                target={target}
                mapping={mapping}
                fields={fields}
                proposed={proposal?.fields.find((each) => each.target === target)}
                onChange={onChange}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="mapping-foot">
        <select
          className="field"
          aria-label="Add a part of the call"
          value=""
          onChange={(event) => {
            const target = free.find((each) => each === event.target.value);
            const [first] = fields;
            if (target !== undefined && first !== undefined) onChange(withPath(mapping, target, first.path));
          }}
        >
          <option value="">Add a part of the call…</option>
          {free.map((target) => (
            <option key={target} value={target}>
              {wordOf(target)}
            </option>
          ))}
        </select>
        {others.length === 0 ? null : <span className="muted">Also taken: {others.join(', ')}.</span>}
        <span className="faint">Fields that no part takes are kept with the call as they are.</span>
      </div>
    </div>
  );
}

interface TargetLineProps {
  readonly target: Target;
  readonly mapping: Mapping;
  readonly fields: readonly FieldRow[];
  readonly proposed: ProposedRow | undefined;
  readonly onChange: (mapping: Mapping) => void;
}

function TargetLine({ target, mapping, fields, proposed, onChange }: TargetLineProps) {
  const [path = '', ...rest] = pathsOf(mapping, target);
  const known = fields.find((field) => field.path === path);
  const isProposed = proposed?.from[0] === path;
  return (
    <tr>
      <th scope="row" className="mapping-target">
        {wordOf(target)}
      </th>
      <td className="mapping-path">
        <select
          className="field mono"
          aria-label={`Field for ${wordOf(target)}`}
          value={path}
          onChange={(event) => {
            onChange(withPath(mapping, target, event.target.value));
          }}
        >
          {known === undefined ? <option value={path}>{path} (not in the first records)</option> : null}
          {fields.map((field) => (
            <option key={field.path} value={field.path}>
              {field.path}
            </option>
          ))}
        </select>
        {rest.length === 0 ? null : <span className="faint mono">or {rest.join(', ')}</span>}
      </td>
      <td className="mapping-example mono">
        <EvidenceText text={known?.example ?? ''} />
      </td>
      <td className="mapping-how">
        <How target={target} mapping={mapping} onChange={onChange} />
        {isProposed && proposed.trust !== 'sure' ? (
          <span className={proposed.trust === 'guess' || proposed.doubt !== undefined ? 'mapping-doubt' : 'faint'} title={proposed.why}>
            {proposed.doubt ?? (proposed.trust === 'guess' ? `guess: ${proposed.why}` : proposed.why)}
          </span>
        ) : null}
      </td>
      <td className="end">
        <button
          type="button"
          className="icon-button"
          aria-label={`Leave out ${wordOf(target)}`}
          onClick={() => {
            onChange(withPath(mapping, target, undefined));
          }}
        >
          <X size={14} strokeWidth={1.5} aria-hidden="true" />
        </button>
      </td>
    </tr>
  );
}

/** The unit of a duration; the format of a time and which moment it is. */
function How({ target, mapping, onChange }: Pick<TargetLineProps, 'target' | 'mapping' | 'onChange'>) {
  if (target === 'duration' && mapping.duration !== undefined) {
    return (
      <select
        className="field"
        aria-label="Unit of the duration"
        value={mapping.duration.unit}
        onChange={(event) => {
          const unit = DURATION_UNITS.find((each) => each === event.target.value);
          if (unit !== undefined) onChange(withUnit(mapping, unit));
        }}
      >
        {DURATION_UNITS.map((unit) => (
          <option key={unit} value={unit}>
            {UNIT_WORDS[unit]}
          </option>
        ))}
      </select>
    );
  }
  if (target !== 'time' || mapping.time === undefined) return null;
  const { format, kind } = mapping.time;
  return (
    <>
      <input
        className="field mapping-format"
        list="time-formats"
        aria-label="Format of the time"
        title={`${TIME_FORMATS.join(', ')}, or a pattern such as %d/%m/%Y %H:%M:%S`}
        value={format}
        spellCheck={false}
        onChange={(event) => {
          onChange(withTime(mapping, { format: event.target.value }));
        }}
      />
      <datalist id="time-formats">
        {TIME_FORMATS.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <select
        className="field"
        aria-label="Moment of the time"
        value={kind}
        onChange={(event) => {
          const next = event.target.value;
          if (next === 'start' || next === 'end' || next === 'unknown') onChange(withTime(mapping, { kind: next }));
        }}
      >
        {(['start', 'end', 'unknown'] as const).map((each) => (
          <option key={each} value={each}>
            {KIND_WORDS[each]}
          </option>
        ))}
      </select>
    </>
  );
}
