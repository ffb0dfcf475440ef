import type { CallDetail } from '#shared/contract/rows.ts';
import { keysFor, type KeyedId } from '../../state/built-in-keys.ts';
import { linkTo } from '../../state/selection.ts';
import { toCall } from '../../state/places.ts';
import { printCall } from '../../widgets/call/call-code.ts';
import type { CopyItem } from '../../widgets/copy-menu.tsx';

const item = (id: KeyedId, label: string, text: () => string): CopyItem & { readonly id: KeyedId } => ({
  id,
  label,
  keys: keysFor(id).join(' '),
  text,
});

/** The forms in which a call is copied; secrets are masked in all of them, since the case holds no other. */
export const copyItems = (detail: CallDetail): readonly (CopyItem & { readonly id: KeyedId })[] => [
  item('copy-yc', 'cURL command, secrets masked', () => printCall(detail, 'curl')),
  item('copy-yp', 'PowerShell request, secrets masked', () => printCall(detail, 'powershell')),
  item('copy-yw', 'Windows cmd, curl, secrets masked', () => printCall(detail, 'cmd')),
  item('copy-yf', 'fetch call, secrets masked', () => printCall(detail, 'fetch')),
  item('copy-yh', 'HTTP message, secrets masked', () => printCall(detail, 'http')),
  item('copy-yj', 'JSON', () => printCall(detail, 'json')),
  item('copy-yr', 'Masked record', () => detail.raw),
  item('copy-yl', 'Link to this call', () => linkTo(toCall(detail.call.ref))),
  item('copy-yy', 'Reference', () => detail.call.ref),
];
