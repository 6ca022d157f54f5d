/** What people call a command elsewhere. */
const INSTEAD: Readonly<Record<string, string>> = {
  roll: 'rollback',
  'roll-back': 'rollback',
  undo: 'rollback',
  stop: 'abort',
  cancel: 'abort',
  hold: 'pause',
  wait: 'pause',
  continue: 'resume',
  unpause: 'resume',
  acknowledge: 'ack',
};

/** What people look for and Forge cannot do yet. */
const PLANNED: ReadonlySet<string> = new Set(['promote', 'flags', 'stats']);

/** The command somebody means who typed `word` (in small letters); undefined when that is none of ours. */
export function insteadOf(word: string): string | undefined {
  return Object.hasOwn(INSTEAD, word) ? INSTEAD[word] : undefined;
}

/** Whether `word` (in small letters) is something Forge cannot do yet. */
export function isPlanned(word: string): boolean {
  return PLANNED.has(word);
}
