import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aMoment, aRequestedEvent } from '../builders.ts';
import { foreignMarkup, markupIn } from './rules.ts';
import { messageOf } from './shapes.ts';
import { lineAbout } from './thread-reading.ts';

const says = 'a <!channel> & <https://evil.test|b>';
const deadline = aMoment + 1_800_000;
const planned: DeploymentEvent[] = [
  aRequestedEvent(),
  { type: 'checking' },
  {
    type: 'checks-planned',
    checks: [
      { name: 'Unit tests', kind: 'command', of: 'u1' },
      { name: 'Told', kind: 'box', of: 't1', box: { says, by: 'deployer' } },
    ],
  },
  { type: 'check-started', name: 'Unit tests' },
];
const failed: DeploymentEvent = {
  ...{ type: 'check-failed', name: 'Unit tests', verdict: 'failed', says, deadline },
  override: 'deployer',
};
const overridden: DeploymentEvent = { type: 'check-overridden', name: 'Unit tests' };
const built: DeploymentEvent[] = [
  aRequestedEvent(),
  { type: 'checking' },
  { type: 'build-started', correlation: 'forge-142-1', workflow: 'deploy.yml' },
  { type: 'build-failed', says, deadline },
];

describe('what others wrote about a check', () => {
  it.each<[string, DeploymentEvent[], { why?: string }]>([
    ['a box', planned, {}],
    ['why it failed', [...planned, failed], {}],
    ['why its image was not made', built, {}],
    ['why somebody overrode it', [...planned, failed, overridden], { why: says }],
  ])('is text in the message: %s', (_of, story, because) => {
    const { blocks } = messageOf(aDeployment(story, because));

    expect(markupIn(blocks).flatMap(foreignMarkup)).toEqual([]);
    expect(JSON.stringify(blocks)).toContain('channel');
  });

  it.each<[string, DeploymentEvent, DeploymentEvent[], { why?: string }]>([
    ['why it failed', failed, planned, {}],
    ['why somebody overrode it', overridden, [...planned, failed], { why: says }],
  ])('is text in the thread: %s', (_of, event, before, because) => {
    const line = lineAbout(event, before, because) ?? '';

    expect(foreignMarkup(line)).toEqual([]);
    expect(line).toContain('channel');
  });
});
