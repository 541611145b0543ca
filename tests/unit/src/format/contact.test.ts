import { describe, expect, it } from 'vitest';
import { contactWays } from '#src/format/contact.ts';
import { linkedText } from '#src/format/links.ts';

describe('the links of a value', () => {
  it('are one for each number, which is copied as it was written', () => {
    expect(linkedText('telephone', '13712345678，010-62780000转8012')).toEqual([
      { text: '137 1234 5678', copied: '13712345678', href: 'tel:13712345678' },
      { text: ',', copied: ',', href: undefined },
      { text: '010-62780000转8012', copied: '010-62780000转8012', href: 'tel:01062780000,8012' },
    ]);
  });

  it('are one for each address, encoded', () => {
    expect(linkedText('email', 'a?b@x.cn; o’neil+1@y.example.cn')).toEqual([
      { text: 'a?b@x.cn', copied: 'a?b@x.cn', href: 'mailto:a%3Fb@x.cn' },
      { text: '; ', copied: '; ', href: undefined },
      {
        text: 'o’neil+1@y.example.cn',
        copied: 'o’neil+1@y.example.cn',
        href: 'mailto:o%E2%80%99neil%2B1@y.example.cn',
      },
    ]);
  });

  it.each(['暂无', '无', '-', 'z***@x.cn', 'a@b', '@x.cn', 'a@b@c.cn', 'a&cc=x@y', ''])(
    'are none of %j as an address',
    (email) => {
      expect(linkedText('email', email).filter(({ href }) => href !== undefined)).toEqual([]);
    },
  );

  it('are none of a text', () => {
    expect(linkedText('address', '13712345678')).toEqual([
      { text: '13712345678', copied: '13712345678', href: undefined },
    ]);
  });
});

describe('the ways to reach a member', () => {
  it('are every number and address', () => {
    const member = { telephone: '13712345678 13912345678', email: 'a@x.cn' };
    expect(contactWays(member)).toMatchObject({
      phones: [
        { text: '137 1234 5678', copied: '13712345678', href: 'tel:13712345678' },
        { text: '139 1234 5678', copied: '13912345678', href: 'tel:13912345678' },
      ],
      emails: [{ text: 'a@x.cn', copied: 'a@x.cn', href: 'mailto:a@x.cn' }],
    });
  });

  it('are those of a value while it is revealed, and no masked one', () => {
    const member = { telephone: '137****5678', email: 'a***@x.cn' };
    expect(contactWays(member)).toMatchObject({ phones: [], emails: [] });
    expect(contactWays(member, { telephone: '13712345678' }).phones).toMatchObject([
      { href: 'tel:13712345678' },
    ]);
  });
});
