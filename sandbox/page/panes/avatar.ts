import { element } from '../dom/element.ts';
import type { User } from '../model.ts';

const TINTS = 6;

/** A square with initials; the tint only helps the eye, the name always stands beside it. */
export function drawAvatar(id: string, user: User | undefined): HTMLElement {
  if (user?.kind === 'bot') return element('img', { class: 'avatar', src: '/page/icon.svg', alt: '' });
  const initials = (user?.name ?? id)
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('');
  const sum = [...id].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
  return element('span', { class: `avatar tint-${sum % TINTS}`, 'aria-hidden': 'true' }, [initials]);
}
