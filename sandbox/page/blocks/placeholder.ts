import { element } from '../dom/element.ts';
import type { IconName } from '../dom/icon.ts';
import { icon } from '../dom/icon.ts';

/** Stands where Slack would show something that this page only names. */
export function drawPlaceholder(mark: IconName, words: string): HTMLElement {
  return element('div', { class: 'placeholder' }, [icon(mark), element('span', {}, [words])]);
}
