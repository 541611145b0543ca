import { describe, expect, it } from 'vitest';
import { APPLICATIONS } from '#emulator/applications.ts';
import { SCHOOL_NAME } from '#emulator/campus/school.ts';
import { call, emulatorFor } from './support.ts';

describe('the school’s directory', () => {
  it('tells identities, whose ids are not classifications', async () => {
    const { json } = await call(await emulatorFor(), 'user/get-identity-type', {});
    expect(json.list).toContainEqual({
      identity_type: 1,
      name: '学生',
      classification: 2,
      classification_name: '学生',
    });
  });

  it('tells organisations by id, and leaves out those it does not know', async () => {
    const { json } = await call(await emulatorFor(), 'org/get-org-by-ids', { org_ids: [2, '103', 999999] });
    expect(json.organization).toMatchObject([
      { id: 2, parent_id: 0, name: SCHOOL_NAME, full_name: SCHOOL_NAME },
      { id: 103, parent_id: 100, full_name: `${SCHOOL_NAME}/计算机科学与技术学院/人工智能` },
    ]);
  });

  it('tells the tree page by page, parents first, and ends with an empty page', async () => {
    const emulator = await emulatorFor();
    const page = async (number: number) => {
      const { json } = await call(emulator, 'user/org-edu-list', { page: number, page_size: 50 });
      return json.organization as { id: number; parent_id: number }[];
    };
    const all = [...(await page(1)), ...(await page(2))];
    expect(await page(3)).toEqual([]);
    const known = new Set([0]);
    for (const { id, parent_id } of all) {
      expect(known).toContain(parent_id);
      known.add(id);
    }
    expect(all.length).toBeGreaterThan(60);
  });

  it('tells the school’s name and pictures, one of them without its protocol', async () => {
    const emulator = await emulatorFor();
    const { json } = await call(emulator, 'campus/school-info', {});
    expect(json).toMatchObject({ errcode: 0, name: SCHOOL_NAME, badge: `${emulator.url}/photos/badge.webp` });
    const logo = await fetch(`http:${String(json.manage_logo)}`);
    expect(logo.headers.get('content-type')).toBe('image/webp');
  });

  it('is closed to an application without the permission', async () => {
    const emulator = await emulatorFor();
    for (const path of [
      'user/get-identity-type',
      'org/get-org-by-ids',
      'user/org-edu-list',
      'campus/school-info',
    ]) {
      expect((await call(emulator, path, {}, APPLICATIONS.minimal)).json.errcode).toBe(40008);
    }
  });

  it('refuses missing and wrong parameters', async () => {
    const emulator = await emulatorFor();
    const errcode = async (path: string, body: object) => (await call(emulator, path, body)).json.errcode;
    expect(await errcode('org/get-org-by-ids', {})).toBe(40009);
    expect(await errcode('org/get-org-by-ids', { org_ids: 2 })).toBe(40010);
    expect(await errcode('user/org-edu-list', { page: 1 })).toBe(40009);
    expect(await errcode('user/org-edu-list', { page: 1, page_size: 5001 })).toBe(40010);
  });
});
