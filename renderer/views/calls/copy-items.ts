import type { CallDetail } from '#shared/contract/rows.ts';
import { linkTo } from '../../state/selection.ts';
import { toCall } from '../../state/places.ts';
import { printCall } from '../../widgets/call-code.ts';
import type { CopyItem } from '../../widgets/copy-menu.tsx';

/** The forms in which a call is copied; secrets are masked in all of them, since the case holds no other. */
export const copyItems = (detail: CallDetail): readonly CopyItem[] => [
  { label: 'cURL command, secrets masked', keys: 'y c', text: () => printCall(detail, 'curl') },
  { label: 'fetch call, secrets masked', keys: 'y f', text: () => printCall(detail, 'fetch') },
  { label: 'HTTP message, secrets masked', keys: 'y h', text: () => printCall(detail, 'http') },
  { label: 'JSON', keys: 'y j', text: () => printCall(detail, 'json') },
  { label: 'Masked record', keys: 'y r', text: () => detail.raw },
  { label: 'Link to this call', keys: 'y l', text: () => linkTo(toCall(detail.call.ref)) },
  { label: 'Reference', keys: 'y y', text: () => detail.call.ref },
];
