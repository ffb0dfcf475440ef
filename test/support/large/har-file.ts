import { LARGE_HOST, LARGE_START, makeEstate, pathWithIds } from './estate.ts';
import type { Written } from './kong-lines.ts';
import { openLineFile } from './line-file.ts';
import { seededRandom, type Random } from './random.ts';

const WORDS = ['alpha', 'harbor', 'meadow', 'silver', 'quiet', 'northern', 'paper', 'window', 'garden', 'copper', 'violet', 'winter'];
/** Objects in the list that an answer holds, at least and at most. */
const LEAST_ITEMS = 8;
const MOST_ITEMS = 40;

function makeAnswer(random: Random): { readonly text: string; readonly someId: string } {
  let someId = '';
  const items = Array.from({ length: random.int(LEAST_ITEMS, MOST_ITEMS) }, () => {
    someId = random.base32(16);
    return {
      id: someId,
      name: `${random.pick(WORDS)} ${random.pick(WORDS)}`,
      email: `${random.pick(WORDS)}${String(random.int(1, 9999))}@mail.example`,
      amount: random.int(100, 99_999) / 100,
      note: `${random.pick(WORDS)} ${random.pick(WORDS)} ${random.pick(WORDS)}`,
    };
  });
  return { text: JSON.stringify({ data: items, next: random.base32(20) }), someId };
}

/** Writes a HAR 1.2 file of about `megabytes` (10^6 bytes), with bodies; an id of each answer goes into the next request. */
export function writeHarFile(path: string, megabytes: number, seed = 'har'): Written {
  const random = seededRandom(seed);
  const { callers, endpoints } = makeEstate(random.fork('estate'));
  const file = openLineFile(path);
  const target = megabytes * 1_000_000;
  let written = 0;
  let records = 0;
  let at = LARGE_START;
  let knownId = random.base32(16);
  file.write('{"log":{"version":"1.2","creator":{"name":"mitmproxy","version":"12.1.2"},"pages":[],"entries":[');
  while (written < target) {
    const caller = random.pick(callers);
    const endpoint = random.pick(endpoints);
    const answer = makeAnswer(random);
    const body = JSON.stringify({ parent: knownId, comment: `${random.pick(WORDS)} ${random.pick(WORDS)}` });
    knownId = answer.someId;
    const took = 5 + random.int(0, endpoint.millis);
    at += took + random.int(1, 400);
    const headers = [
      { name: 'host', value: LARGE_HOST },
      { name: 'user-agent', value: caller.userAgent },
      { name: 'x-request-id', value: random.hex(32) },
    ];
    const entry = {
      startedDateTime: new Date(at).toISOString(),
      time: took,
      request: {
        method: endpoint.method,
        url: `https://${LARGE_HOST}${pathWithIds(endpoint, random)}`,
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers,
        queryString: [],
        headersSize: 300,
        bodySize: body.length,
        postData: { mimeType: 'application/json', text: body },
      },
      response: {
        status: 200,
        statusText: 'OK',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [{ name: 'content-type', value: 'application/json' }],
        content: { size: answer.text.length, mimeType: 'application/json', text: answer.text },
        redirectURL: '',
        headersSize: 120,
        bodySize: answer.text.length,
      },
      cache: {},
      timings: { send: 1, wait: took - 2, receive: 1 },
    };
    const text = `${records === 0 ? '' : ','}\n${JSON.stringify(entry)}`;
    written += text.length;
    records += 1;
    file.write(text);
  }
  file.write('\n]}}\n');
  return { bytes: file.close(), records };
}
