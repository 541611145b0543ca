import { describe, expect, it } from 'vitest';
import { readConfig } from '#src/preboot/config.ts';

describe('the app’s settings', () => {
  it('are the defaults where nothing is set', () => {
    expect(readConfig('{}', {})).toMatchObject({
      endpoint: 'api/members/search',
      tokenEndpoint: '',
      relay: false,
    });
  });

  it('lay what the page says over what the build was told', () => {
    const build = { VITE_ENDPOINT: 'gateway/search', VITE_TOKEN_ENDPOINT: 'token' };
    expect(readConfig('', build)).toMatchObject({ endpoint: 'gateway/search', tokenEndpoint: 'token' });
    expect(readConfig('{"endpoint":"other"}', build)).toMatchObject({
      endpoint: 'other',
      tokenEndpoint: 'token',
    });
  });

  it('keep the defaults beside what is set, and in place of what makes no sense', () => {
    const config = readConfig('{"school":{"name":"江南大学"},"kiosk":{"idleSeconds":"soon"}}', {});
    expect(config.school).toMatchObject({ name: '江南大学', contact: '' });
    expect(config.kiosk.idleSeconds).toBe(45);
  });

  it.each(['{', '[]', 'null', '7'])('survive a page that says %s', (text) => {
    expect(readConfig(text, {}).endpoint).toBe('api/members/search');
  });
});
