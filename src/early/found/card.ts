import type { Member } from '#contract/member.ts';
import { cardLines } from '../../format/card-lines.ts';
import { identityShape } from '../../format/identity-shape.ts';
import { avatarColour, initialsOf } from '../../format/initials.ts';
import { card as words } from '../../locales/zh-CN-card.ts';
import { element, vector } from './elements.ts';

/** A member's card as `MemberCard.vue` renders it: a browser test holds one beside the other. */
export function drawCard(member: Member): HTMLElement {
  const { name, card_number: number, identity_type: identity } = member;
  const lines = cardLines(member, words.grade).map((facts) =>
    element('p', 'card__line', ...facts.map((fact) => element('span', 'card__fact', fact))),
  );
  return element(
    'article',
    `card card--${identity ?? '1'}`,
    drawAvatar(member),
    element(
      'div',
      'card__body',
      element(
        'p',
        'card__top',
        element('strong', 'card__name', name ?? number ?? ''),
        identity === undefined ? '' : drawTag(identity),
      ),
      ...lines,
      element(
        'p',
        'card__bottom',
        name === undefined || number === undefined ? '' : element('span', 'card__number', number),
      ),
    ),
  );
}

/** The photo itself waits for the app, whose files go first. */
function drawAvatar({ name, card_number: number, head_image: photo }: Member): HTMLElement {
  const avatar = element('span', `avatar avatar--${avatarColour(number ?? name ?? '')}`);
  if (photo === undefined) {
    const initials = element('span', 'avatar__initials', initialsOf(name ?? number ?? ''));
    initials.setAttribute('aria-hidden', 'true');
    avatar.append(initials);
  }
  return avatar;
}

function drawTag(identity: string): HTMLElement {
  const shape = vector('svg', { class: 'identity__shape', viewBox: '0 0 12 12', 'aria-hidden': 'true' });
  shape.append(vector(...identityShape(identity)));
  return element('span', `identity identity--${identity}`, shape, words.identity[identity] ?? identity);
}
