import { describe, expect, it } from 'vitest';
import type { ReloadOutcome } from '../../src/use-cases/reload-policy.ts';
import { reloadMessage } from '../../views/reload.ts';

function text(outcome: ReloadOutcome): string {
  return reloadMessage(outcome).text;
}

describe('the answer to a reload', () => {
  it('says in the words of the file what is different now', () => {
    expect(
      text({
        kind: 'reloaded',
        changes: [
          { of: 'environment', name: 'production', kind: 'changed', parts: ['approvals', 'deadMan'] },
          { of: 'service', name: 'mailer', kind: 'added' },
          { of: 'people', environments: ['production'] },
          { of: 'people', environments: [] },
          { of: 'timing' },
          { of: 'schedules' },
          { of: 'environment', name: 'staging', kind: 'changed', parts: ['branch', 'triggers', 'checks'] },
          { of: 'github', parts: ['triggers', 'ship'] },
          { of: 'github', parts: [] },
          { of: 'runner' },
        ],
        waiting: 0,
      }),
    ).toBe(
      [
        'The policy file as it is now is in force. What is different:',
        '• the environment production: `approvals`, `dead man switch`',
        '• the service mailer was added',
        '• people, in production',
        '• people, for the whole company',
        '• timing',
        '• schedules, from the next start of Forge on',
        '• the environment staging: `deploys`, `checks`',
        '• github: `triggers`, `ship`',
        '• github, from the next start of Forge on',
        '• runner, from the next start of Forge on',
      ].join('\n'),
    );
  });

  it.each([
    [1, /^One deployment has not begun and is looked at again: votes it has from before are void/mu],
    [2, /^2 deployments have not begun and are looked at again/mu],
  ])('tells what becomes of %d that wait', (waiting, note) => {
    const outcome: ReloadOutcome = { kind: 'reloaded', changes: [{ of: 'timing' }], waiting };

    expect(text(outcome)).toMatch(note);
    expect(JSON.stringify(reloadMessage(outcome).blocks)).toContain('looked at again');
  });

  it('tells what is wrong, at most fifteen things of it, as plain text', () => {
    const problems = Array.from({ length: 17 }, (_, index) => `forge.yml:${index}:1 <!here> is wrong.`);

    const lines = text({ kind: 'invalid', problems }).split('\n');

    expect(lines[0]).toBe(
      'The policy file is not right, so it was not taken. What was in force stays in force.',
    );
    expect(lines[1]).toBe('• forge.yml:0:1 &lt;!here&gt; is wrong.');
    expect(lines.slice(-2)).toEqual(['• forge.yml:14:1 &lt;!here&gt; is wrong.', '… and 2 more']);
  });

  it('names the deployments that keep it from being taken', () => {
    expect(
      text({ kind: 'in-use', deployments: [{ number: 142, service: 'api', environment: 'production' }] }),
    ).toMatch(/was not taken\..* Reload again when this has ended:\n• #142, api in production$/u);
  });

  it('says that nothing is different', () => {
    expect(text({ kind: 'unchanged' })).toMatch(/nothing is different now/u);
  });
});
