import { useEngineQuery } from '../query/use-engine-query.ts';
import type { RuleName } from '#shared/contract/templates.ts';
import { EvidenceText } from '../widgets/evidence-text.tsx';
import { ruleKey } from './draft.ts';

interface StandingRulesProps {
  readonly host: string;
  readonly removed: readonly RuleName[];
  /** Why nothing can be removed. */
  readonly disabled: string | undefined;
  readonly onRemove: (removed: readonly RuleName[]) => void;
}

/** Every rule of the host, also those that no place of this template shows, with a box each to remove it. */
export function StandingRules({ host, removed, disabled, onRemove }: StandingRulesProps) {
  const rules = (useEngineQuery('templates.rules', {}).data ?? []).filter((rule) => rule.host === host);
  if (rules.length === 0) return null;
  const gone = new Set(removed.map(ruleKey));
  return (
    <details className="standing-rules">
      <summary>
        Rules on this host <span className="muted number">{rules.length}</span>
      </summary>
      <ul>
        {rules.map((rule) => (
          <li key={ruleKey(rule)}>
            <label className="place-choice" title={disabled}>
              <input
                type="checkbox"
                disabled={disabled !== undefined}
                checked={gone.has(ruleKey(rule))}
                onChange={(event) => {
                  const others = removed.filter((each) => ruleKey(each) !== ruleKey(rule));
                  onRemove(event.target.checked ? [...others, { kind: rule.kind, pattern: rule.pattern }] : others);
                }}
              />
              <span className="template-text">
                Remove: {rule.kind}{' '}
                <span className="mono">
                  <EvidenceText text={rule.pattern} />
                </span>
                <span className="muted">
                  {' '}
                  set {rule.at.slice(0, 10)}
                  {rule.note === undefined ? null : (
                    <>
                      : <EvidenceText text={rule.note} />
                    </>
                  )}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
