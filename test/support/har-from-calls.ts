/** A call of a HAR file in few words; headers as `Name: value`. */
export interface HarCall {
  /** Seconds after the first call. */
  readonly at: number;
  readonly method?: string;
  readonly url: string;
  readonly status?: number;
  readonly headers?: readonly string[];
  readonly body?: unknown;
  /** Text of a form, in place of a JSON body. */
  readonly form?: string;
  readonly responseHeaders?: readonly string[];
  readonly response?: unknown;
  /** How long it took. Units: ms. */
  readonly time?: number;
}

const START = Date.UTC(2026, 9, 3, 22, 14);
const JSON_TYPE = 'application/json';

const toHeaders = (lines: readonly string[]): readonly object[] =>
  lines.map((line) => {
    const at = line.indexOf(': ');
    return { name: line.slice(0, at), value: line.slice(at + 2) };
  });

/** A HAR 1.2 file as browsers write it, with JSON bodies. */
export const harFromCalls = (calls: readonly HarCall[]): string =>
  JSON.stringify({
    log: {
      version: '1.2',
      creator: { name: 'test', version: '1' },
      entries: calls.map(
        ({ at, method = 'GET', url, status = 200, headers = [], body, form, responseHeaders = [], response, time = 12 }) => ({
          startedDateTime: new Date(START + at * 1000).toISOString(),
          time,
          request: {
            method,
            url,
            httpVersion: 'HTTP/1.1',
            headers: toHeaders(headers),
            queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
            cookies: [],
            headersSize: -1,
            bodySize: -1,
            ...(body === undefined ? {} : { postData: { mimeType: JSON_TYPE, text: JSON.stringify(body) } }),
            ...(form === undefined ? {} : { postData: { mimeType: 'application/x-www-form-urlencoded', text: form } }),
          },
          response: {
            status,
            statusText: '',
            httpVersion: 'HTTP/1.1',
            headers: toHeaders(responseHeaders),
            cookies: [],
            content: { size: JSON.stringify(response ?? '').length, mimeType: JSON_TYPE, text: JSON.stringify(response ?? {}) },
            redirectURL: '',
            headersSize: -1,
            bodySize: -1,
          },
          cache: {},
          timings: { send: 1, wait: time - 2, receive: 1 },
        }),
      ),
    },
  });
