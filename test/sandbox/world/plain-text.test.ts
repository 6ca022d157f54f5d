import { describe, expect, it } from 'vitest';
import { findButton } from '../../../sandbox/find-button.ts';
import { plainText } from '../../../sandbox/plain-text.ts';

const message = [
  { type: 'header', text: { type: 'plain_text', text: 'Deploying v1.1.0' } },
  { type: 'section', fields: [{ type: 'mrkdwn', text: '*Asked by*\n<@U0MAYA> &amp; co' }] },
  { type: 'context', elements: [{ type: 'mrkdwn', text: '40 %' }] },
  {
    type: 'plan',
    title: 'Plan',
    tasks: [
      { task_id: '1', title: 'Start v1.1.0', status: 'complete' },
      { task_id: '2', title: 'Try it out', status: 'in_progress' },
    ],
  },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'a', value: '1', text: { type: 'plain_text', text: 'Abort' } },
      {
        type: 'button',
        action_id: 'b',
        value: '2',
        text: { type: 'plain_text', text: ':rewind: Roll back…' },
      },
    ],
  },
];

describe('a message as plain text', () => {
  it('says every block in a line, tasks with their state in words', () => {
    expect(plainText(message)).toEqual([
      '## Deploying v1.1.0',
      '*Asked by* / @U0MAYA & co',
      '40 %',
      'Plan',
      '  [x] Start v1.1.0 (complete)',
      '  [>] Try it out (in_progress)',
      '[ Abort ] [ :rewind: Roll back… ]',
    ]);
  });
});

describe('a button', () => {
  it('is found by its words, whatever is around them', () => {
    expect(findButton(message, 'Roll back')).toMatchObject({ action_id: 'b', value: '2' });
  });

  it('that is not there is not found', () => {
    expect(findButton(message, 'Approve')).toBeUndefined();
  });
});
