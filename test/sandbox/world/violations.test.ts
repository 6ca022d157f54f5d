import { describe, expect, it } from 'vitest';
import type { Message } from '../../../sandbox/client.ts';
import type { Observation } from '../../chaos/observation.ts';
import { duplicates, type Round, violations } from '../../chaos/violations.ts';

const nothing: Observation = { messages: [], liveVersion: 'v1.0.0', revision: 1, rollouts: new Set(['a']) };
const round: Round = { asked: 'v1.1.0', liveBefore: 'v1.0.0', acked: true, before: nothing };

function aMessage(fields: Partial<Message>): Message {
  const base = { user: 'U0FORGE', text: '', blocks: [], ephemeral: false, edited: false };
  return { ts: '1.000001', ...base, ...fields };
}
const success = aMessage({ text: ':white_check_mark: v1.1.0 is live on Public API in staging (#1)' });
const told = aMessage({ ts: '1.000002', threadTs: success.ts, text: '<@U0MAYA> v1.1.0 is live.' });
const good: Observation = {
  messages: [success, told],
  liveVersion: 'v1.1.0',
  revision: 2,
  rollouts: new Set(['a', 'b']),
};

describe('what the chaos run calls a violation', () => {
  it('is nothing when a deployment succeeded and its version is live', () => {
    expect(violations(round, good)).toEqual([]);
  });

  it.each(['v1.1.0 did not go live', 'v1.1.0 served for 4 s and was taken away again'])(
    'is nothing when a deployment failed and the old version is live again: %s',
    (words) => {
      const failed = { ...success, text: `:x: Failed: ${words}, v1.0.0 is back on it (#1)` };

      const found = violations(round, {
        ...good,
        messages: [failed, told],
        liveVersion: 'v1.0.0',
        rollouts: new Set(['a', 'b', 'c']),
      });

      expect(found).toEqual([]);
    },
  );

  it.each<[string, Observation, string]>([
    ['an acknowledged command without a deployment', nothing, 'produced no deployment'],
    [
      'two deployments of one command',
      {
        ...good,
        messages: [success, { ...success, ts: '1.000003', text: 'v1.1.0 is live on it (#2)' }, told],
      },
      'produced deployments 1, 2',
    ],
    [
      'a deployment with two messages',
      { ...good, messages: [success, { ...success, ts: '1.000003' }, told] },
      'has 2 messages',
    ],
    ['a success that is not live', { ...good, liveVersion: 'v1.0.0' }, 'is live instead of v1.1.0'],
    [
      'a message without an end',
      { ...good, messages: [{ ...success, text: ':rocket: Deploying v1.1.0 to it (#1)' }, told] },
      'shows no end',
    ],
    [
      'a thread line twice',
      { ...good, messages: [success, told, { ...told, ts: '1.000004' }] },
      'says 2 times',
    ],
    ['nobody told', { ...good, messages: [success] }, 'does not tell the person'],
    ['a second revision', { ...good, revision: 3 }, '2 task definitions'],
    ['a second rollout', { ...good, rollouts: new Set(['a', 'b', 'c']) }, '2 rollouts'],
    [
      'an ended message with a running task',
      {
        ...good,
        messages: [
          {
            ...success,
            blocks: [{ type: 'plan', title: 'Plan', tasks: [{ title: 'Start', status: 'in_progress' }] }],
          },
          told,
        ],
      },
      'still shows',
    ],
  ])('is %s', (_name, after, sentence) => {
    expect(violations(round, after).join('; ')).toContain(sentence);
  });

  it('is a second message of a deployment, whenever it comes', () => {
    const found = duplicates([success, told, { ...success, ts: '9.000001' }]);

    expect(found).toEqual(['#1 has several messages']);
  });
});
