/** The one policy that the content security policy allows: it lets a worker of our own start and nothing else. */
interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): ScriptUrlPolicy;
}

declare global {
  interface Window {
    /** Absent in browsers without Trusted Types; then a plain URL is what `Worker` takes. */
    readonly trustedTypes?: TrustedTypesFactory;
  }
}

const sameOrigin = (url: string): string => {
  const target = new URL(url, window.location.href);
  if (target.origin !== window.location.origin) throw new Error(`bug: a worker of another origin: ${target.origin}`);
  return target.href;
};

let policy: ScriptUrlPolicy | undefined;

/**
 * Starts a module worker under the policy `spoor`.
 * Shape: `url` from an import such as `import url from './layout.worker.ts?worker&url'`.
 */
export function startWorker(url: string): Worker {
  // A policy name may be used once per page, so it is made at the first worker and kept.
  policy ??= window.trustedTypes?.createPolicy('spoor', { createScriptURL: sameOrigin }) ?? { createScriptURL: sameOrigin };
  return new Worker(policy.createScriptURL(url), { type: 'module' });
}
