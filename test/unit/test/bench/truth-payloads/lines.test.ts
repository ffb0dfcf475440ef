import { expect, test } from 'vitest';

import { linesWith } from '#test/bench/truth-payloads/lines.ts';

test('a text stands in a parameter, hardly encoded in another line, and in a path', () => {
  const [query, raw, path] = linesWith(`' or "1"='1`, 0);
  expect(query?.query).toBe("page=1&q='%20or%20%221%22%3D'1");
  expect(raw?.query).toBe("page=1&q='%20or%20%221%22='1");
  expect(path?.path).toBe("/shop/files/'%20or%20%221%22%3D'1/view");
  expect(raw?.line).toBe(
    `198.51.100.1 - - [03/Oct/2026:00:00:00 +0000] "GET /shop/search?page=1&q='%20or%20%221%22='1 HTTP/1.1" 200 512 "-" "curl/8.9.1"`,
  );
});
