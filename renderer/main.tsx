import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '#resources/styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/frame.css';
import './styles/forced-colors.css';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { present } from '#shared/lib/assert.ts';
import { App } from './frame/app.tsx';
import { linkSession } from './host/session-link.ts';
import { takeToken } from './host/token.ts';
import { loadPrefs } from './state/prefs.ts';
import { followUrl } from './state/selection.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
if (nonce !== undefined && nonce !== '') setNonce(nonce);

loadPrefs();
takeToken();
followUrl();
linkSession();
createRoot(present(document.getElementById('root'), 'index.html has no #root')).render(<App />);
