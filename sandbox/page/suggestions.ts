export type Suggestion = { text: string; explanation: string };

/** Commands worth trying; what a person may really do is Forge's to say (`/forge help`). */
const EXAMPLES: readonly Suggestion[] = [
  { text: '/forge help', explanation: 'What can I do here?' },
  { text: '/forge deploy', explanation: 'Choose what to deploy in a form' },
  { text: '/forge deploy staging', explanation: 'Deploy the newest release of main to staging' },
  { text: '/forge deploy production', explanation: 'The same for customers, in steps' },
  { text: '/forge status', explanation: 'What is live where, and what is running' },
  { text: '/forge history', explanation: 'The latest deployments' },
  { text: '/forge rollback', explanation: 'Put the previous release back' },
  { text: '/forge whoami', explanation: 'My roles' },
];

const SHOWN = 8;

/** What to offer while somebody types a command: their own latest ones first. Empty unless `typed` begins with "/". */
export function suggestionsFor(typed: string, history: readonly string[]): Suggestion[] {
  if (!typed.startsWith('/')) return [];
  const wanted = typed.trim().toLowerCase();
  const own = [...new Set(history.toReversed())].map((text) => ({ text, explanation: 'Used before' }));
  const known = new Set(own.map(({ text }) => text));
  const all = [...own.slice(0, 3), ...EXAMPLES.filter(({ text }) => !known.has(text))];
  return all.filter(({ text }) => text.startsWith(wanted) && text !== wanted).slice(0, SHOWN);
}

export const FIRST_STEPS: readonly string[] = ['/forge help', '/forge deploy staging', '/forge status'];
