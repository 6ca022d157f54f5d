import { describe, expect, it } from 'vitest';
import type { Recurring } from '../../src/domain/recurring.ts';
import { recurringProblemMessage } from '../../views/recurring.ts';
import { recurringEntry } from '../../views/schedules.ts';
import { buttonValue, initialValues } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

const recurring: Recurring = {
  ...{ id: 'R3', service: 'api', environment: 'staging', ref: 'v1.1.0', strategy: 'rolling' },
  ...{ cron: '0 2 * * *', zone: 'UTC', owner: 'U0MAYA', reason: 'a fresh start each night' },
  ...{ placedAt: 0, nextAt: Date.UTC(2026, 0, 6, 2) },
};

describe('what recurs and was missed', () => {
  it('is offered to be deployed now, by the form filled in with it, and by nothing less', async () => {
    const desk = new TestDesk();
    const { blocks } = recurringProblemMessage(recurring, 'Forge was not there at its time.');

    const { form } = await desk.presses('deploy', buttonValue(blocks, 'Deploy now…'));

    expect(initialValues(form)).toEqual({
      ...{ service: 'api', environment: 'staging', ref: 'v1.1.0', strategy: 'rolling' },
      why: 'a fresh start each night',
    });
    expect(await desk.store.deployment(1)).toBeUndefined();
    expect((await desk.sends('deploy', initialValues(form))).words).toMatch(/^Deployment #1 of /u);
  });

  it('is offered where schedules are listed too, as long as they say that it was missed', () => {
    const { reason: _none, ref: _newest, strategy: _usual, ...bare } = recurring;
    const problem = { at: 0, reason: 'Forge was not there at its time.' };

    expect(buttonValue(recurringEntry({ ...bare, problem }), 'Deploy now…')).toEqual({
      ...{ service: 'api', environment: 'staging', why: 'Recurring, as R3', isQuestion: true },
    });
    expect(JSON.stringify(recurringEntry(bare))).not.toContain('Deploy now');
  });

  it('is not offered once it is cancelled', () => {
    const cancelled = { at: 0, by: { kind: 'person', userId: 'U0MAYA', via: 'button' } } as const;

    const { blocks } = recurringProblemMessage({ ...recurring, cancelled }, 'It was skipped.');

    expect(JSON.stringify(blocks)).not.toContain('Deploy now');
  });

  it('carries no more of a reason than a button takes', () => {
    const entry = recurringEntry({ ...recurring, reason: '"'.repeat(3000), problem: { at: 0, reason: 'x' } });

    expect(JSON.stringify(buttonValue(entry, 'Deploy now…')).length).toBeLessThanOrEqual(2000);
  });

  it('is offered to nobody who may not deploy there: it says so', async () => {
    const desk = new TestDesk();
    desk.people.set('U0GUEST', 'guest');
    const { blocks } = recurringProblemMessage(recurring, 'It was skipped.');

    const answer = await desk.presses('deploy', buttonValue(blocks, 'Deploy now…'), 'U0GUEST');

    expect(answer.form).toBeUndefined();
    expect(answer.words).not.toBe('');
  });
});
