import { expect, test } from 'vitest';
import { firstSoapElement, soapActionName } from '#shared/engine/intake/operations/soap-action.ts';

test.each([
  ['"urn:shop#GetPrice"', 'GetPrice'],
  ['http://shop.test/prices/GetPrice', 'GetPrice'],
  ['GetPrice', 'GetPrice'],
  ['""', undefined],
  ['', undefined],
  ['urn:x#{}', undefined],
  [`urn:${'a'.repeat(100_000)}`, undefined],
])('the action %s names %s', (action, name) => {
  expect(soapActionName(action)).toBe(name);
});

const soap = (body: string, header = ''): string =>
  `<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">${header}<soap:Body>${body}</soap:Body></soap:Envelope>`;

test.each([
  [soap('<m:GetPrice xmlns:m="urn:shop"><m:Item>1</m:Item></m:GetPrice>'), 'GetPrice'],
  [soap('\n <!-- <Evil/> --> <GetPrice/>'), 'GetPrice'],
  [soap('<A/>', '<soap:Header><x:Body xmlns:x="urn:x"><x:Evil/></x:Body></soap:Header>'), 'A'],
  [
    soap('<A/>', "<soap:Header><t at='<soap:Body>\"'/><![CDATA[<soap:Body><Evil/>]]></soap:Header>".replace("'<soap:Body>\"'", '"a > b"')),
    'A',
  ],
  [soap(''), undefined],
  ['<html><body><p>x</p></body></html>', undefined],
  ['<!DOCTYPE x [<!ENTITY a "b">]><Envelope><Body><A/></Body></Envelope>', undefined],
  ['<Envelope><Body', undefined],
  ['<Envelope><Body><A', undefined],
  ['plain', undefined],
])('%s', (text, name) => {
  expect(firstSoapElement(text)).toBe(name);
});

test.each([
  ['open tags', '<Envelope>' + '<a '.repeat(20_000)],
  ['nesting', '<Envelope><Header>' + '<a>'.repeat(20_000)],
  ['comments', '<!--'.repeat(16_000)],
  ['quotes', `<Envelope a="${'<'.repeat(60_000)}`],
])('hostile %s cost one pass', (_, text) => {
  const start = performance.now();
  expect(firstSoapElement(text)).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(300);
});
