/** What a source file must say, or must not. */
interface SourceRule {
  /** Folder or file, within the checkout. */
  readonly where: string;
  readonly has?: RegExp;
  readonly hasNot?: RegExp;
}

/** An item of Electron's security checklist (4.2 of the trust design) with its checks. */
interface ChecklistItem {
  readonly item: number;
  readonly name: string;
  readonly source: readonly SourceRule[];
  /** Parts of the titles of tests that run: in the stand-in always, in Electron itself where its binary is. */
  readonly tests: readonly (readonly [file: string, title: string])[];
  /** What only the binary of Electron, or a packaged app, can show. */
  readonly onlyBinary?: string;
}

const FLOWS = 'test/e2e/shell-security.spec.ts';
const HARDENING = 'test/unit/electron/main/hardening.test.ts';
const WINDOW = 'test/unit/electron/main/window.test.ts';

/** CHECKLIST REGISTRY. `test/conformance/electron-checklist.test.ts` runs it. */
export const electronChecklist: readonly ChecklistItem[] = [
  { item: 1, name: 'only secure content', source: [{ where: 'electron/main', hasNot: /loadURL\(\s*['"`]https?:|loadFile\(/ }], tests: [[HARDENING, 'requests of every other scheme are cancelled']] },
  { item: 2, name: 'no Node in a page', source: [{ where: 'electron/main/window.ts', has: /nodeIntegration: false/ }, { where: 'electron/main', hasNot: /nodeIntegration(?:InWorker|InSubFrames)?: true/ }], tests: [[FLOWS, 'the page has no Node and no Electron']] },
  { item: 3, name: 'context isolation', source: [{ where: 'electron/main/window.ts', has: /contextIsolation: true/ }], tests: [[FLOWS, 'cannot replace or extend the bridge'], [FLOWS, 'every window is isolated']] },
  { item: 4, name: 'sandbox', source: [{ where: 'electron/main/hardening.ts', has: /app\.enableSandbox\(\)/ }, { where: 'electron/main', hasNot: /no-sandbox|sandbox: false/ }, { where: 'package.json', hasNot: /no-sandbox/ }, { where: 'electron-builder.yml', hasNot: /no-sandbox/ }], tests: [[FLOWS, 'every window is isolated, sandboxed']], onlyBinary: 'type of its processes in the system’s list' },
  { item: 5, name: 'permissions denied', source: [{ where: 'electron/main/hardening.ts', has: /setPermissionRequestHandler[\s\S]*setPermissionCheckHandler[\s\S]*setDevicePermissionHandler/ }], tests: [[HARDENING, 'permission is denied']], onlyBinary: 'no prompt of the system' },
  { item: 6, name: 'web security', source: [{ where: 'electron/main/window.ts', has: /webSecurity: true/ }, { where: 'electron', hasNot: /webSecurity: false|disable-web-security/ }], tests: [[FLOWS, 'every window is isolated']] },
  { item: 7, name: 'a policy of content', source: [{ where: 'electron/node/serve/static-files.ts', has: /default-src 'none'/ }, { where: 'electron/node/serve/static-files.ts', hasNot: /script-src[^;]*'unsafe|unsafe-eval/ }], tests: [[FLOWS, 'the policy stops inline, foreign and evaluated scripts'], ['test/e2e/hostile.spec.ts', 'nothing of it runs']] },
  { item: 8, name: 'no insecure content', source: [{ where: 'electron', hasNot: /allowRunningInsecureContent|allow-running-insecure-content/ }], tests: [[FLOWS, 'every window is isolated']] },
  { item: 9, name: 'no experimental features', source: [{ where: 'electron', hasNot: /experimentalFeatures|enable-experimental/ }], tests: [] },
  { item: 10, name: 'no Blink features', source: [{ where: 'electron', hasNot: /enableBlinkFeatures|enable-blink-features/ }], tests: [] },
  { item: 11, name: 'no webview popups', source: [{ where: 'electron/main/window.ts', has: /webviewTag: false/ }, { where: 'renderer', hasNot: /<webview|allowpopups/i }], tests: [[FLOWS, 'without webviews']] },
  { item: 12, name: 'webviews are prevented', source: [{ where: 'electron/main/hardening.ts', has: /'will-attach-webview'/ }], tests: [[HARDENING, 'a webview is prevented']] },
  { item: 13, name: 'no navigation', source: [{ where: 'electron/main/hardening.ts', has: /'will-navigate'[\s\S]*'will-redirect'[\s\S]*'will-frame-navigate'/ }, { where: 'electron/main/window.ts', has: /navigateOnDragDrop: false/ }], tests: [[FLOWS, 'no way of navigating leaves the page'], [HARDENING, 'is prevented in the top frame']] },
  { item: 14, name: 'no new windows', source: [{ where: 'electron/main/hardening.ts', has: /setWindowOpenHandler\(\(\) => \(\{ action: 'deny' \}\)\)/ }], tests: [[FLOWS, 'no new window opens'], [HARDENING, 'a new window is denied']] },
  { item: 15, name: 'nothing is handed to the system', source: [{ where: 'electron', hasNot: /shell\.(?:openExternal|openPath)/ }, { where: 'renderer', hasNot: /openExternal|window\.open\(/ }], tests: [[FLOWS, 'nothing is handed to the desktop']] },
  { item: 16, name: 'a current Electron', source: [{ where: 'package.json', has: /"electron": "(?:4[5-9]|[5-9]\d)\.\d+\.\d+"/ }], tests: [] },
  { item: 17, name: 'senders are checked', source: [{ where: 'electron/main/index.ts', has: /isOurPage\(/ }], tests: [[WINDOW, 'is not our page'], ['test/conformance/fuzz.test.ts', 'nothing crashes, hangs or changes what it should not']] },
  { item: 18, name: 'no file addresses', source: [{ where: 'electron/main/app-protocol.ts', has: /scheme: 'spoor'/ }, { where: 'electron/main', hasNot: /file:\/\// }], tests: [[FLOWS, 'only listed addresses of our scheme answer']] },
  { item: 19, name: 'fuses', source: [{ where: 'electron-builder.yml', has: /electronFuses:[\s\S]*runAsNode: false[\s\S]*onlyLoadAppFromAsar: true/ }], tests: [['test/conformance/bad-inputs.test.ts', 'row 89: '], ['test/unit/scripts/check/fuses.test.ts', 'fuse']], onlyBinary: 'what fuses forbid has no effect' },
  { item: 20, name: 'no Electron in the page', source: [{ where: 'electron/preload', hasNot: /exposeInMainWorld\([^)]*ipcRenderer/ }], tests: [[FLOWS, 'only one frozen bridge with one function'], [FLOWS, 'the bridge refuses what is no dropped file']] },
]; // prettier-ignore
