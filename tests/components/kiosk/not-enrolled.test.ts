import { describe, expect, it } from 'vitest';
import NotEnrolled from '#src/kiosk/enrolment/NotEnrolled.vue';
import { appServices } from '#tests/support/app-services.ts';
import { allByRole, byRole, nameOf, wordsIn } from '#tests/support/by-role.ts';
import { mountKioskPart } from '#tests/support/kiosk-visit.ts';

async function screen(contact = '', locale: 'zh-CN' | 'en' = 'zh-CN') {
  const school = { name: '青屿大学', logo: '', accent: '', contact, privacyUrl: '' };
  const services = appServices({
    url: 'http://127.0.0.1:9/',
    config: { school },
    services: { signInAddress: () => 'kiosk/enrol' },
  });
  return mountKioskPart(NotEnrolled, {}, { services, locale });
}

describe('a kiosk that is not enrolled', () => {
  it('says so, and what visitors can do instead', async () => {
    const wrapper = await screen('服务台 8591 0000');
    expect(wordsIn(byRole('heading'))).toBe('这台终端还不能查询');
    expect(wrapper.text()).toContain('请用手机查询，或到服务台询问');
    expect(wrapper.text()).toContain('需要帮助？服务台 8591 0000');
  });

  it('names nobody to ask where the school does not', async () => {
    expect((await screen()).text()).not.toContain('需要帮助');
  });

  it('tells staff how to enrol it, and leads there by a link', async () => {
    await screen();
    expect(nameOf(byRole('region'))).toBe('工作人员：怎样启用');
    expect(allByRole('list').map(nameOf)).toEqual(['工作人员：怎样启用']);
    expect(byRole('list').querySelectorAll('li')).toHaveLength(2);
    expect(byRole('link', '输入启用码').getAttribute('href')).toBe('kiosk/enrol');
  });

  it('speaks English', async () => {
    await screen('', 'en');
    expect(wordsIn(byRole('heading'))).toBe('This kiosk cannot look anybody up yet');
    expect(nameOf(byRole('link'))).toBe('Enter the code');
  });
});
