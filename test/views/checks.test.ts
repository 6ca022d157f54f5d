import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { aDeployment, aMoment, aRequestedEvent } from '../builders.ts';
import { buttonsAfter, linesAfter, titleAfter } from './message-reading.ts';
import { foreignMarkup, objections } from './rules.ts';
import { messageOf } from './shapes.ts';
import { lineAbout } from './thread-reading.ts';

const planned: DeploymentEvent = {
  type: 'checks-planned',
  checks: [
    { name: 'Unit tests', kind: 'command', of: 'u1' },
    { name: 'CI', kind: 'github', of: 'c1' },
    { name: 'Told', kind: 'box', of: 't1', box: { says: 'Stakeholders are told', by: 'deployer' } },
  ],
};
const deadline = aMoment + 1_800_000;
const begun: DeploymentEvent[] = [
  aRequestedEvent(),
  { type: 'checking' },
  planned,
  { type: 'check-started', name: 'Unit tests' },
];
const failure: DeploymentEvent = {
  ...{ type: 'check-failed', name: 'Unit tests', verdict: 'failed', says: 'one of 12 failed', deadline },
  ...{ tail: ['  1) the banner fits', 'exit 1'], more: { command: 'npm test' } },
};
const building: DeploymentEvent[] = [
  aRequestedEvent(),
  { type: 'checking' },
  { type: 'build-started', correlation: 'forge-142-1', workflow: 'deploy.yml' },
];
const url = 'https://github.com/acme/checkout/actions/runs/7';
const jobs = [{ name: 'Image', state: 'running' as const, step: 'Push', done: 2, of: 5 }];

describe('the message of a deployment that is checked', () => {
  it('lists every check with its state', () => {
    const story: DeploymentEvent[] = [
      ...begun,
      { type: 'check-passed', name: 'Unit tests', detail: '12 passed' },
      { type: 'check-started', name: 'CI' },
      { type: 'check-waiting', name: 'CI', says: 'the build runs' },
    ];

    const lines = linesAfter(story);

    expect(lines).toContain(':white_check_mark: Unit tests · done · 1 s');
    expect(lines).toContain(':hourglass_flowing_sand: CI · now · 55 s');
    expect(lines).toContainEqual(expect.stringContaining('the build runs'));
    expect(lines).toContain(':white_medium_small_square: Told · to do');
  });

  it('says of one that failed what failed, how to see it all, and until when', () => {
    const lines = linesAfter([...begun, failure]);

    expect(titleAfter([...begun, failure])).toContain('A check failed: v1.1.0');
    expect(lines).toContainEqual(
      ':x: *Unit tests did not pass:* one of 12 failed. Its last lines are in the thread. See it all with `npm test`.',
    );
    expect(lines).toContainEqual(
      'Nothing is changed. Mend it and retry, or it is not started after 2026-01-05 09:30 UTC.',
    );
    expect(lines).toContainEqual(expect.stringContaining('waiting for a person until 2026-01-05 09:30 UTC'));
  });

  it('offers to retry it, and to override it where the policy lets somebody', () => {
    const overridable: DeploymentEvent = { ...failure, override: 'release-manager' };

    expect(buttonsAfter(begun)).toEqual(['tick', 'abort']);
    expect(buttonsAfter([...begun, failure])).toEqual(['tick', 'retry', 'abort']);
    expect(buttonsAfter([...begun, overridable])).toEqual(['tick', 'retry', 'override', 'abort']);
  });

  it('shows who overrode it, and why', () => {
    const story: DeploymentEvent[] = [...begun, failure, { type: 'check-overridden', name: 'Unit tests' }];
    const { blocks } = messageOf(aDeployment(story, { why: 'a false alarm' }));

    expect(JSON.stringify(blocks)).toContain(':warning: <@U0MAYA> overrode *Unit tests*: a false alarm.');
  });

  it('has a button for each box that is open, with what it was shown for', () => {
    const { blocks } = messageOf(aDeployment(begun));

    const [tick] = buttonsIn(blocks);

    expect(linesAfter(begun)).toContainEqual(
      expect.stringContaining(':white_medium_square: Stakeholders are told (deployer)'),
    );
    expect(JSON.parse(tick?.value ?? '')).toEqual({ deployment: 142, box: 'Told', of: 't1' });
    expect(buttonsAfter([...begun, { type: 'box-ticked', name: 'Told', of: 't1' }])).toEqual(['abort']);
  });

  it('offers nothing of it any more when it is over', () => {
    expect(buttonsAfter([...begun, failure, { type: 'expired', reason: 'x' }])).toEqual([]);
    expect(titleAfter([...begun, failure, { type: 'expired', reason: 'x' }])).toContain(
      'Not started in time',
    );
  });
});

describe('the message of a deployment whose image is made', () => {
  it('shows jobs and steps, and the run', () => {
    const lines = linesAfter([...building, { type: 'build-progressed', run: 7, url, jobs }]);

    expect(lines).toContainEqual(expect.stringContaining('Image: Push, 2 of 5 steps'));
    expect(lines).toContainEqual(':hammer_and_wrench: The image is being made: the run on GitHub.');
    expect(lines).toContainEqual(expect.stringMatching(/then .* of machine time/u));
  });

  it('that failed says why, and offers to retry it', () => {
    const broken: DeploymentEvent = { type: 'build-failed', says: 'The job “Image” failed.', url, deadline };
    const story = [...building, broken];

    expect(titleAfter(story)).toContain('Build failed: v1.1.0');
    expect(linesAfter(story)).toContainEqual(
      ':x: *The image was not made:* The job “Image” failed. See the run on GitHub.',
    );
    expect(buttonsAfter(story)).toEqual(['retry', 'abort']);
  });
});

describe('the thread', () => {
  it('calls people when a check fails, with its last lines', () => {
    expect(lineAbout(failure, begun.slice(1))).toBe(
      ':x: <@U0MAYA> <@U0SAM> Unit tests failed: one of 12 failed. Nothing is changed, and without an answer by <!date^1767605400^{date_short_pretty} {time}|2026-01-05 09:30 UTC> it is not started. See it all with `npm test`.\n```\n  1) the banner fits\nexit 1\n```',
    );
  });

  it('keeps output inside its fence, whatever it holds', () => {
    const tail = ['```', 'x ``` <!channel> *bold*', '<@U0SAM>', 'a\u202Eb', '&lt;'];

    const line = lineAbout({ ...failure, tail }, begun.slice(1)) ?? '';
    const [before, inside, after] = line.split('```');

    expect(line.split('```')).toHaveLength(3);
    expect(before).toContain('Unit tests failed');
    expect(inside).toContain('x ˋˋˋ &lt;!channel&gt; *bold*');
    expect(inside).toContain('&amp;lt;');
    expect(after).toBe('');
    expect(foreignMarkup(line)).toEqual([]);
  });

  it('keeps the end of long output, and each line short', () => {
    const tail = Array.from({ length: 30 }, (_, index) => `${index} ${'&'.repeat(500)}`);

    const line = lineAbout({ ...failure, tail }, begun.slice(1)) ?? '';

    expect(line.length).toBeLessThan(3000);
    expect(line).toContain('\n29 &amp;');
    expect(line).not.toContain('\n0 &amp;');
    expect(line.endsWith('\n```')).toBe(true);
  });

  it('tells who had it tried again, let it pass, or confirmed a box', () => {
    const before = [...begun.slice(1), failure];

    expect(lineAbout({ type: 'check-retried', name: 'Unit tests' }, before)).toBe(
      '<@U0MAYA> has Unit tests looked at again.',
    );
    expect(
      lineAbout({ type: 'check-overridden', name: 'Unit tests' }, before, { why: 'a false alarm' }),
    ).toBe(':warning: <@U0MAYA> lets Unit tests pass:\n> a false alarm');
    expect(lineAbout({ type: 'box-ticked', name: 'Told', of: 't1' }, before)).toBe(
      ':ballot_box_with_check: <@U0MAYA> confirms: Stakeholders are told.',
    );
  });

  it('calls those who may when it waits for a box', () => {
    expect(lineAbout({ type: 'check-started', name: 'Told' }, begun.slice(1))).toMatch(
      /^:white_medium_square: <@U0\w+>.* It waits for somebody to confirm this in the message above: Stakeholders are told\.$/u,
    );
    expect(lineAbout({ type: 'check-started', name: 'CI' }, begun.slice(1))).toBeUndefined();
  });

  it('tells when the image is made, and when it is not', () => {
    const before = building.slice(1);
    const broken: DeploymentEvent = { type: 'build-failed', says: 'no', tail: ['exit 1'], deadline };

    expect(lineAbout({ type: 'build-finished', detail: 'v1.1.0 is there' }, before)).toBe(
      'The image of v1.1.0 is there: v1.1.0 is there.',
    );
    expect(lineAbout(broken, before)).toMatch(
      /^:x: <@U0MAYA> <@U0SAM> The image of v1\.1\.0 was not made: no\..*```\nexit 1\n```$/su,
    );
  });
});

describe('a link that another system gives', () => {
  it.each([
    'https://github.com/x|<!channel>',
    'javascript:alert(1)',
    'https://a.example/"><@U0SAM>',
    'not an address',
  ])('“%s” cannot become anything else', (hostile) => {
    const story: DeploymentEvent[] = [...building, { type: 'build-progressed', run: 7, url: hostile, jobs }];
    const message = messageOf(aDeployment(story));

    const links = JSON.stringify(message).match(/<[^>]*>/gu) ?? [];

    expect(
      links.filter((link) => !/^<(?:@U0MAYA|!date|https:\/\/[^|]*\|the run on GitHub)/u.test(link)),
    ).toEqual([]);
    expect(
      objections(message, { newBlocks: true }).filter((one) => !one.includes('the run on GitHub')),
    ).toEqual([]);
  });
});
