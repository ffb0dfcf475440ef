import type { CallDetail } from '#shared/contract/rows.ts';
import { linkTo } from '../../state/selection.ts';
import { toCall } from '../../state/places.ts';
import { printCall } from '../../widgets/call-code.ts';
import type { CopyItem } from '../../widgets/copy-menu.tsx';

/** The forms in which a call is copied; secrets are masked in all of them, since the case holds no other. */
export const copyItems = (detail: CallDetail): readonly CopyItem[] => [
  { label: 'cURL command, secrets masked', keys: 'Y C', text: () => printCall(detail, 'curl') },
  { label: 'fetch call, secrets masked', keys: 'Y F', text: () => printCall(detail, 'fetch') },
  { label: 'HTTP message, secrets masked', keys: 'Y H', text: () => printCall(detail, 'http') },
  { label: 'JSON', keys: 'Y J', text: () => printCall(detail, 'json') },
  { label: 'Masked record', keys: 'Y R', text: () => detail.raw },
  { label: 'Link to this call', keys: 'Y L', text: () => linkTo(toCall(detail.call.ref)) },
  { label: 'Reference', keys: 'Y Y', text: () => detail.call.ref },
];
