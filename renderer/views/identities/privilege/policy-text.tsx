import { useState } from 'react';
import type { LeastPrivilegeJson } from '#shared/contract/report-json.ts';
import { CopyButton } from '../../../widgets/copy-button.tsx';
import { EvidenceText } from '../../../widgets/evidence-text.tsx';

const LANGUAGES = [
  { id: 'cedar', title: 'Cedar' },
  { id: 'cedarSchema', title: 'Cedar schema' },
  { id: 'rego', title: 'Rego' },
  { id: 'openfga', title: 'OpenFGA' },
] as const;

/** The policy in the language of choice, to read and to copy. */
export function PolicyText({ policy }: { readonly policy: LeastPrivilegeJson['policy'] }) {
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]['id']>('cedar');
  const title = LANGUAGES.find(({ id }) => id === language)?.title ?? '';
  const text = policy[language];
  return (
    <>
      <div className="priv-policy-bar">
        <div className="segmented" role="group" aria-label="Language of the policy">
          {LANGUAGES.map(({ id, title: name }) => (
            <button
              key={id}
              type="button"
              aria-pressed={id === language}
              onClick={() => {
                setLanguage(id);
              }}
            >
              {name}
            </button>
          ))}
        </div>
        <CopyButton text={text} label={`Copy the ${title} text`} />
      </div>
      <pre className="priv-policy mono" tabIndex={0} aria-label={`Policy in ${title}`}>
        {/* Written by us in printable ASCII; lines stay lines. */}
        {text.split('\n').map((line, index) => (
          <span key={`${String(index)} ${line}`}>
            <EvidenceText text={line} />
            {'\n'}
          </span>
        ))}
      </pre>
    </>
  );
}
