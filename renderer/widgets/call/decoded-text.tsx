import './decoded-text.css';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { CopyButton } from '../copy-button.tsx';
import { decodeValue, type DecodedLayer } from './decode-value.ts';
import { EvidenceText } from '../evidence-text.tsx';

/** A captured value; one that wraps another (URL encoding, base64, JSON, a token, a time) opens in place. */
export function DecodedText({ text }: { readonly text: string }) {
  const [open, setOpen] = useState(false);
  const layers = useMemo(() => decodeValue(text), [text]);
  const last = layers.at(-1);
  if (last === undefined) {
    return (
      <span className="mono decoded-value">
        <EvidenceText text={text} />
      </span>
    );
  }
  const names = layers.map((layer) => layer.as).join(', ');
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <span className="decoded">
      <span className="mono decoded-value">
        <EvidenceText text={text} />
      </span>
      {isShort(last) ? (
        <span className="muted decoded-short" title={`decoded: ${names}`}>
          = <EvidenceText text={last.text} />
        </span>
      ) : (
        <button
          type="button"
          className="decoded-toggle"
          aria-expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
        >
          <Chevron size={12} strokeWidth={1.5} aria-hidden="true" />
          {names}
        </button>
      )}
      {open && !isShort(last) ? <Opened text={last.text} /> : null}
    </span>
  );
}

/** One line that fits beside the value needs no button. */
const isShort = (layer: DecodedLayer): boolean => layer.text.length <= 80 && !layer.text.includes('\n');

function Opened({ text }: { readonly text: string }) {
  return (
    <span className="decoded-open">
      <span className="mono decoded-inner">
        <EvidenceText text={text} keepLines />
      </span>
      <CopyButton text={text} label="Copy the decoded value" />
    </span>
  );
}
