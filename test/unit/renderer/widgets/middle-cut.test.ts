import { describe, expect, test } from 'vitest';
import { cutNearEnd } from '#renderer/widgets/middle-cut.ts';

describe('the cut of a value that may be elided in its middle', () => {
  test('the end begins where a part of the value begins', () => {
    expect(cutNearEnd('/v1/customers/{id}/payment-methods', 12)).toEqual(['/v1/customers/{id}', '/payment-methods']);
    expect(cutNearEnd('orders.mesh.acme-outfitters.test', 21)).toEqual(['orders.mesh', '.acme-outfitters.test']);
  });

  test('without such a place it is cut where it was asked for', () => {
    expect(cutNearEnd('abcdefghijklmnopqrstuvwxyz', 5)).toEqual(['abcdefghijklmnopqrstu', 'vwxyz']);
  });

  test('a short value is not cut, and no character is torn apart', () => {
    expect(cutNearEnd('/v1', 12)).toEqual(['', '/v1']);
    expect(cutNearEnd('aaaa😀😀😀', 3)).toEqual(['aaaa', '😀😀😀']);
  });
});
