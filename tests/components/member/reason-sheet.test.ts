import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import ReasonSheet from '#src/components/member/ReasonSheet.vue';
import { messages as en } from '#src/locales/en.ts';
import { messages } from '#src/locales/zh-CN.ts';
import { allByRole, byRole, nameOf, queryByRole } from '#tests/support/by-role.ts';
import { mountPart } from '#tests/support/mount.ts';

const ask = (language = messages) => mountPart(ReasonSheet, { field: 'telephone' }, { messages: language });

async function choose(label: string) {
  byRole('radio', label).click();
  await nextTick();
}

async function type(text: string) {
  const box = byRole('textbox', '请写明原因');
  box.value = text;
  box.dispatchEvent(new Event('input'));
  await nextTick();
}

async function submit() {
  byRole('button', '查看').click();
  await nextTick();
}

describe('the reason of a reveal', () => {
  it('is asked for what is to be seen, and says where it goes', () => {
    ask();
    expect(nameOf(byRole('dialog'))).toBe('为什么要看手机号？');
    expect(nameOf(byRole('radiogroup'))).toBe('为什么要看手机号？');
    expect(byRole('dialog').textContent).toContain('原因会写入查询记录。');
  });

  it('is one of the common ones, or another', () => {
    ask();
    expect(allByRole('radio').map(nameOf)).toEqual([...messages.reason.common, '其他原因']);
    expect(queryByRole('textbox')).toBeUndefined();
  });

  it('is missed where none is chosen, until one is', async () => {
    const sheet = ask();
    await submit();
    expect(byRole('alert').textContent).toBe('请先选择或填写原因。');
    expect(sheet.emitted('reason')).toBeUndefined();
    await choose('办理本人业务');
    expect(byRole('alert').textContent).toBe('');
  });

  it('is told as it was chosen', async () => {
    const sheet = ask();
    await choose('核实来访者身份');
    await choose('办理本人业务');
    await submit();
    expect(sheet.emitted('reason')).toEqual([['办理本人业务']]);
  });

  it('is told as it was typed, without the spaces around', async () => {
    const sheet = ask();
    await choose('其他原因');
    await type('  家长来校接人 \n');
    await submit();
    expect(sheet.emitted('reason')).toEqual([['家长来校接人']]);
  });

  it('is missed where spaces are all that was typed', async () => {
    const sheet = ask();
    await choose('其他原因');
    await type('   ');
    await submit();
    expect(byRole('alert').textContent).toBe('请先选择或填写原因。');
    expect(sheet.emitted('reason')).toBeUndefined();
  });

  it('is no longer than the relay takes', async () => {
    ask();
    await choose('其他原因');
    expect(byRole('textbox').getAttribute('maxlength')).toBe('200');
  });

  it('need not be given: the question can be put aside', () => {
    const sheet = ask();
    byRole('button', '取消').click();
    byRole('radio', '办理本人业务').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }),
    );
    expect(sheet.emitted('cancel')).toHaveLength(2);
    expect(sheet.emitted('reason')).toBeUndefined();
  });

  it('is asked for in English', () => {
    ask(en);
    expect(nameOf(byRole('dialog'))).toBe('Why do you need to see this? (Mobile phone)');
    expect(allByRole('radio').map(nameOf)).toEqual([...en.reason.common, 'Another reason']);
  });
});
