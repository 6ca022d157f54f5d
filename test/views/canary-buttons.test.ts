import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aPeoplePolicy, aRequestedEvent } from '../builders.ts';
import { aCanary, baking, goingBack, ready } from './canary.ts';
import { buttonsAfter, linesAfter } from './message-reading.ts';
import { readableIn } from './rules.ts';
import { messageOf } from './shapes.ts';

const region = 'us-east-1';
const plan = aCanary();
const failing = goingBack(plan, 25);

describe('the buttons while traffic moves', () => {
  it.each<[string, DeploymentEvent[], string[]]>([
    ['before a bake', ready(plan), ['pause', 'abort']],
    ['in a bake', baking(plan, 25), ['pause', 'skip', 'abort']],
    [
      'in a bake that is skipped',
      [...baking(plan, 25), { type: 'skipped', step: `${region}/bake-25` }],
      ['pause', 'abort'],
    ],
    ['paused', [...baking(plan, 25), { type: 'paused' }], ['resume', 'abort']],
    ['before the start', [aRequestedEvent({ plan })], ['abort']],
    ['on the way back', failing, []],
  ])('%s are those that do something', (_when, events, expected) => {
    expect(buttonsAfter(events)).toEqual(expected);
  });

  it('say who may skip, and there is no Skip where nobody may', () => {
    const deployment = aDeployment(baking(plan, 25));

    const people = (approver: string[]) =>
      aPeoplePolicy({ everyone: 'deployer', roles: { approver, 'incident-commander': [] } });

    expect(readableIn(messageOf(deployment, { people: people(['U0SAM']) }).blocks)).toContain(
      '“Pause”, “Abort”: any member of the workspace; “Skip this wait”: only <@U0SAM>.',
    );
    expect(JSON.stringify(messageOf(deployment, { people: people([]) }).blocks)).not.toContain('skip');
  });

  it('name the bake that Skip is about', () => {
    const skip = buttonsIn(messageOf(aDeployment(baking(plan, 25))).blocks).find(
      ({ action_id }) => action_id === 'skip',
    );

    expect(JSON.parse(skip?.value ?? '')).toMatchObject({ step: `${region}/bake-25` });
  });

  it('offer to look after a rollback that does not get on until somebody does, who is named then', () => {
    const blocked: DeploymentEvent[] = [
      ...failing,
      { type: 'restore-blocked', region, reason: 'AWS does not answer' },
    ];

    expect(buttonsAfter(blocked)).toEqual(['ack', 'takeover']);
    expect(buttonsAfter([...blocked, { type: 'acknowledged' }])).toEqual(['takeover']);
    expect(linesAfter([...blocked, { type: 'acknowledged' }]).join('\n')).toContain('@U0MAYA is on it.');
  });
});
