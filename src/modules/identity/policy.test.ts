import { describe, expect, it } from 'vitest';
import { ROLE_CODES, type Role } from '#catalogue/roles.ts';
import { AUTH, PUBLIC, system, type Actor } from '#platform/actor.ts';
import { GRANTED_BY_ADMINISTRATOR, mayChangeAccount, mayChangeRole, mayKeepOfficers, mayKnow } from './policy.ts';

const officer = (roles: readonly Role[], agencyId = 'A'): Actor => ({ kind: 'officer', officerId: 'me', agencyId, roles, name: 'Quản trị' });
const admin = officer(['administrator']);
const own = { officerId: 'x', agencyIds: ['A'] };
const shared = { officerId: 'x', agencyIds: ['A', 'B'] };
const foreign = { officerId: 'x', agencyIds: ['B'] };
const me = { officerId: 'me', agencyIds: ['A'] };

describe('an administrator', () => {
  it('knows officers of the own agency and nobody else', () => {
    expect([own, shared, foreign, { officerId: 'x', agencyIds: [] }].map((one) => mayKnow(admin, one))).toEqual([true, true, false, false]);
  });

  it('gives every role but the auditor, in the own agency, to others', () => {
    expect(ROLE_CODES.filter((role) => mayChangeRole(admin, own, 'A', role))).toEqual(GRANTED_BY_ADMINISTRATOR);
    expect(GRANTED_BY_ADMINISTRATOR).not.toContain('auditor');
    expect(ROLE_CODES.some((role) => mayChangeRole(admin, shared, 'B', role) || mayChangeRole(admin, foreign, 'B', role))).toBe(false);
    expect(ROLE_CODES.some((role) => mayChangeRole(admin, me, 'A', role))).toBe(false);
  });

  it('locks and resets only whom no other agency ever had', () => {
    expect([own, shared, foreign, me].map((one) => mayChangeAccount(admin, one))).toEqual([true, false, false, false]);
  });
});

it.each([PUBLIC, AUTH, ...ROLE_CODES.filter((role) => role !== 'administrator').map((role) => officer([role]))])('%j keeps nobody', (actor) => {
  expect([mayKeepOfficers(actor), mayKnow(actor, own), mayChangeAccount(actor, own), mayChangeRole(actor, own, 'A', 'intake')]).toEqual([false, false, false, false]);
});

it('the command line may all', () => {
  expect([mayKnow(system('admin'), foreign), mayChangeAccount(system('admin'), shared), mayChangeRole(system('admin'), shared, 'B', 'auditor')]).toEqual([true, true, true]);
});
