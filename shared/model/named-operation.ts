/**
 * Stands for the method in the id of an endpoint whose source records operations of an API and no HTTP, such as CloudTrail:
 * `CALL s3.amazonaws.com/DeleteObject/invoices/{key}`. The calls themselves have no method.
 */
export const OPERATION_METHOD = 'CALL';

/**
 * The path of a call that a source records as an operation. What it was done to follows the name, each part as one segment,
 * so that a key with slashes stays one object.
 * Example: `DeleteObject` with `invoices` and `2026/11/a.pdf` is `/DeleteObject/invoices/2026%2F11%2Fa.pdf`.
 */
export const pathOfOperation = (name: string, resources: readonly string[]): string =>
  ['', name, ...resources.map((each) => encodeURIComponent(each.replaceAll(/\p{Cs}/gu, '\uFFFD')))].join('/');

/** The template of such a path: name and container are literal, the thing itself is a parameter. */
export function templateOfOperation(path: string): string {
  const [, name = '', ...resources] = path.split('/');
  const last = resources.length === 0 ? [] : [resources.length === 1 ? '{resource}' : '{key}'];
  return ['', name, ...resources.slice(0, -1), ...last].join('/');
}

/**
 * A step as sentences and titles name it: method and path, an operation without a method by its name alone.
 * Example: `GET /v1/items`; `DeleteObject/invoices/{key}`; `tool fetch_url`.
 */
export const sayStep = (method: string, place: string): string =>
  method === OPERATION_METHOD || method === '' ? place.replace(/^\//, '') : `${method} ${place}`;
