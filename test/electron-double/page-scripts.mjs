// The two scripts that every page starts with: one in the page's own world, one in the preload's isolated world.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { makeCodec } = require('./codec.cjs');
const { bridge, isolated } = require('./page.cjs');

export const WORLD = 'Electron Isolated Context';
/** Structured-clone values over a JSON pipe; the page runs the same source. */
export const codec = makeCodec();

const text = JSON.stringify;

/**
 * Sources for a window whose events carry `nonce`; `preload` is the app's real preload bundle.
 * A popup target that a second DevTools client holds at its start line hangs its opener when it is closed, so windows
 * are caught before they exist: `window.open` answers null, as Electron's does for a denied window.
 */
export function pageScripts(nonce, preload) {
  const [toMain, toIsolated] = [`ed-m-${nonce}`, `ed-i-${nonce}`];
  const process_ = {
    type: 'renderer',
    platform: process.platform,
    arch: process.arch,
    versions: process.versions,
    env: {},
    sandboxed: true,
    contextIsolated: true,
  };
  const main = `if(window===window.top){(${bridge})(${text(toMain)},${text(toIsolated)});
window.open=(u='',name='',features='')=>{
  const detail={op:'open',url:new URL(u,location.href).href,name:String(name),features:String(features)};
  window.dispatchEvent(new CustomEvent(${text(toIsolated)},{detail}));
  return null;
}}`;
  const inPreload = `if(window===window.top){const codec=(${makeCodec})();const link=(${bridge})(${text(toIsolated)},${text(toMain)});
const opened=(url,name,features)=>__edoubleSend(JSON.stringify({t:'open',url,name,features}));
window.addEventListener(${text(toIsolated)},(e)=>{if(e.detail?.op==='open')opened(e.detail.url,e.detail.name,e.detail.features)});
window.addEventListener('click',(e)=>{
  const l=e.target instanceof Element&&e.target.closest('a[href]');
  const t=l&&(l.target||((e.ctrlKey||e.metaKey||e.shiftKey)?'_blank':''));
  if(t&&!/^_(self|top|parent)$/.test(t)&&!e.defaultPrevented){e.preventDefault();opened(l.href,t==='_blank'?'':t,'')}
});
const env=(${isolated})(${text({ nonce, process: process_ })},link,codec,__edoubleSend);
try{(function(require,process,module,exports){${preload}\n}).call({},env.require,env.process,{exports:{}},{})}
catch(e){__edoubleSend(JSON.stringify({t:'preload-error',message:String(e&&e.stack||e)}))}}`;
  return { main, isolated: inPreload };
}
