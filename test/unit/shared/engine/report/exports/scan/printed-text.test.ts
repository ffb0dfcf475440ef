import { expect, test } from 'vitest';
import { joinBrokenLines, searchPrinted } from '#shared/engine/report/exports/scan/printed-text.ts';

const breathe = (): Promise<void> => Promise.resolve();
const findAcme = (text: string): { readonly what: string } | undefined =>
  text.includes('acme-shop.test') ? { what: 'a host' } : undefined;

test('a name that was broken over two lines is whole again, words of two lines stay apart', () => {
  expect(joinBrokenLines('calls of api.acme-\nshop.test were\nrefused')).toBe('calls of api.acme-shop.test were\nrefused\n');
  expect(joinBrokenLines('longwordwithoutanyseam\nthatgoeson')).toBe('longwordwithoutanyseamthatgoeson\n');
  expect(joinBrokenLines('ends here\n.well-known')).toBe('ends here.well-known\n');
});

test('a page that holds what may not leave is named, and its text is not', async () => {
  const search = searchPrinted({ pages: ['fine', 'see api.acme-\nshop.test'], around: [] }, findAcme, breathe);
  await expect(search).rejects.toMatchObject({ code: 'leak', details: { what: 'a host', page: 2 } });
  await expect(search).rejects.not.toThrow('acme');
});

test('title, outline and descriptions of pictures are searched as well', async () => {
  const search = searchPrinted({ pages: ['fine'], around: ['Report', 'Chain of acme-shop.test'] }, findAcme, breathe);
  await expect(search).rejects.toThrow('in its title, outline or the descriptions of its pictures');
  await expect(searchPrinted({ pages: ['fine'], around: ['Report'] }, findAcme, breathe)).resolves.toBeUndefined();
});
