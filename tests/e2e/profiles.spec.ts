import { FIELD_KEYS, FIELDS } from '#contract/fields.ts';
import type { FieldKey } from '#contract/fields.ts';
import { VIEWER_KINDS } from '#contract/session.ts';
import type { ViewerKind } from '#contract/session.ts';
import { PEOPLE } from '#emulator/campus/people.ts';
import { builtInPolicy } from '#server/policy/defaults.ts';
import { messages } from '#src/locales/zh-CN.ts';
import { expect, test } from '../support/browser.ts';
import { freePort, startProcess } from '../support/processes.ts';

const SUBJECT = PEOPLE.everyField.fields;
/** What the demonstration's application was not granted, so that nobody sees it. */
const WITHHELD: readonly FieldKey[] = ['active_status', 'bind_status'];
const RESTRICTED = ['id_card', 'address', 'birthday', 'contact_phone', 'contact_person'] as const;

const { rules } = builtInPolicy('campus');

for (const kind of ['kiosk', 'student', 'staff'] as const satisfies readonly ViewerKind[]) {
  test(`a ${kind} viewer sees exactly their profile’s fields, and is sent no more`, async ({ app, page }) => {
    const port = await freePort();
    const relay = await startProcess('dist/server/main.js', { PORT: String(port), EMULATOR_MEMBERS: '50' });
    await app.open(`http://localhost:${port}/`);
    const choice = page.getByRole('combobox', { name: '以谁的身份查看' });
    await expect(choice.getByRole('option')).toHaveCount(VIEWER_KINDS.length);
    const become = page.waitForResponse(/api\/demo\/viewer$/);
    await choice.selectOption(kind === 'staff' ? 'student' : 'staff');
    await become;
    const becomeThis = page.waitForResponse(/api\/demo\/viewer$/);
    await choice.selectOption(kind);
    await becomeThis;

    const answered = page.waitForResponse(/api\/members\/search$/);
    await app.search(SUBJECT.card_number);
    const { userlist } = (await (await answered).json()) as { userlist: Record<string, unknown>[] };
    await app.cards.first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(SUBJECT.name);

    const profile = rules.find(({ kinds }) => kinds.has(kind))?.profile;
    if (profile === undefined) throw new Error(`no default profile for ${kind}`);
    const allowed = FIELD_KEYS.filter((key) => profile.shown.has(key) || profile.masked.has(key));
    const sent = allowed.filter((key) => !WITHHELD.includes(key));
    const labels = sent.filter((key) => FIELDS[key].group !== 'head' && key !== 'role');
    expect(Object.keys(userlist[0] ?? {}).sort()).toEqual([...sent, 'ref'].sort());
    await expect(page.getByRole('term')).toHaveText(labels.map((key) => messages.fields[key]));
    for (const key of labels.filter((shown) => FIELDS[shown].kind === 'text' && shown !== 'grade')) {
      await expect(app.field(messages.fields[key])).toContainText(String(SUBJECT[key]));
    }
    const text = JSON.stringify(userlist) + (await page.content());
    for (const key of RESTRICTED) expect(text).not.toContain(SUBJECT[key]);
    for (const key of ['telephone', 'email'] as const) expect(text).not.toContain(SUBJECT[key]);
    await relay.stop();
  });
}
