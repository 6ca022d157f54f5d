import { element } from '../dom/element.ts';

const SHOWN_MS = 8_000;

/** Tells the person something that belongs to no place in the page. It goes away by itself. */
export function notify(text: string): void {
  const notice = element('div', { class: 'notice' }, [text]);
  document.getElementById('notices')?.append(notice);
  setTimeout(() => notice.remove(), SHOWN_MS);
}

/** Lets work go on by itself; its failure is told to the person and logged. */
export function inBackground(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    console.error(error);
    notify(error instanceof Error ? error.message : String(error));
  });
}
