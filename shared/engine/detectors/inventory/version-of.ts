const VERSION = /^v(\d{1,3})(?:\.(\d{1,3}))?$/i;

/** The version that a path names, and the path in front of it. Example: `/api/v2.1/users` gives 2001 and `/api/`. */
export function versionOf(template: string): { readonly version: number; readonly prefix: string; readonly text: string } | undefined {
  const segments = template.split('/');
  const at = segments.findIndex((segment) => VERSION.test(segment));
  const match = VERSION.exec(segments[at] ?? '');
  if (match === null) return undefined;
  return { version: Number(match[1]) * 1000 + Number(match[2] ?? '0'), prefix: `${segments.slice(0, at).join('/')}/`, text: match[0] };
}
