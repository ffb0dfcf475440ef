import { expect, test } from 'vitest';
import { isListOfPeople, namesPerson, personInPath } from '#shared/model/people-paths.ts';

test.each([
  ['/v2/companies/{companyId}/employees/{employeeId}/payslips/{period}', '/v2/companies/c-1/employees/7/payslips/2026-08', 'companies c-1 employees 7'],
  ['/bo/api/companies/{id}/employees/{id}', '/bo/api/companies/c-1/employees/7/', 'companies c-1 employees 7'],
  ['/odata/Users({id})', "/odata/Users('anna')", undefined],
  ['/portalUsers/{id}', '/portalUsers/u-9', 'portalusers u-9'],
  ['/users/{id}/contacts/{id}', '/users/u-1/contacts/k-2', 'users u-1 contacts k-2'],
  ['/users/{id}', '/users/me', undefined],
  ['/users/{id}', '/users/export', undefined],
  ['/user-groups/{id}', '/user-groups/7', undefined],
  ['/orders/{id}', '/orders/7', undefined],
  ['/users/{id}', '/other/shape/u-1', undefined],
])('%s asked as %s names the person %s', (template, path, person) => {
  expect(personInPath(template, path)?.person).toBe(person);
}); // prettier-ignore

test('one person is the same below every operation, and another in another company', () => {
  const of = (template: string, path: string): string | undefined => personInPath(template, path)?.person;
  const asked = of('/v2/companies/{a}/employees/{b}', '/v2/companies/c-1/employees/7');
  expect(of('/bo/api/companies/{a}/employees/{b}/bank-details', '/bo/api/companies/c-1/employees/7/bank-details')).toBe(asked);
  expect(of('/v2/companies/{a}/employees/{b}', '/v2/companies/c-2/employees/7')).not.toBe(asked);
});

test('lists of people end in the name of the collection; pages about the interface are none', () => {
  expect(['/v2/companies/{id}/employees', '/api/Users'].every(isListOfPeople)).toBe(true);
  expect(['/docs/api/employees', '/user', '/users/{id}', '/users/{id}/orders', '/orders'].some(isListOfPeople)).toBe(false);
  expect(namesPerson('/users/{id}/orders')).toBe(true);
  expect(namesPerson('/users')).toBe(false);
});
