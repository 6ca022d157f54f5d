import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changed, valid } from './policy-text.ts';

const page = readFileSync(new URL('../../docs/people-and-times.md', import.meta.url), 'utf8');

describe('the examples of the policy in docs/people-and-times.md', () => {
  it('are a valid policy together', () => {
    const [people, approvals, windows, schedules] = ['people', 'approvals', 'windows', 'schedules'].map(
      exampleOf,
    );
    const text = changed('people:\n  admins: [U0SAM]\n', people ?? '').replace(
      '    strategy: rolling\n',
      `    strategy: rolling\n${indented(approvals ?? '')}${indented(windows ?? '')}`,
    );
    const whole = `${text}\n${schedules ?? ''}`;
    const calendars = new Map([['holidays.ics', { kind: 'valid' as const, dates: ['2026-11-26'] }]]);

    const policy = valid(whole, calendars);
    const [staging] = policy.environments;

    expect(staging?.approvals?.needs).toEqual([
      { from: 'release-manager', count: 1 },
      { from: 'security', count: 1 },
    ]);
    expect(staging?.windows?.holidays).toEqual(['2026-11-26', '2026-12-25']);
    expect(policy.schedules?.queue).toMatch(/^arn:aws:sqs:/u);
  });
});

/** The block of YAML that begins with a key. */
function exampleOf(key: string): string {
  const block = [...page.matchAll(/```yaml\n(.*?)```/gsu)]
    .map(([, text = '']) => text)
    .find((text) => text.startsWith(`${key}:`));
  if (block === undefined) throw new Error(`The page has no example of ${key}`);
  return block;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gmu, '    ');
}
