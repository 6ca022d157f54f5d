import { describe, expect, it } from 'vitest';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import type { PeoplePolicy } from '../../src/domain/people-policy.ts';
import { policy } from '../scenarios/company.ts';
import { seenNow } from './desks.ts';
import { formWords } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

/** Everybody deploys; Lena manages releases. */
const people: PeoplePolicy = {
  ...{ all: { everyone: 'deployer', roles: { 'release-manager': ['U0LENA'] }, groups: {} } },
  ...{ environments: {}, services: {} },
};

const planned: DeploymentEvent = {
  type: 'checks-planned',
  checks: [
    { name: 'Scan', kind: 'scan', of: 's1' },
    { name: 'Stakeholders', kind: 'box', of: 't1', box: { says: 'All are told', by: 'release-manager' } },
    { name: 'Changelog because of the law', kind: 'box', of: 'c1', box: { says: 'It is written' } },
  ],
};
const failure: DeploymentEvent = {
  ...{ type: 'check-failed', name: 'Scan', verdict: 'failed', says: '2 critical findings' },
  ...{ override: 'release-manager', deadline: 4_000_000_000_000 },
};

/** v1.1.0 of the api is on its way to staging as #1, and this has happened. */
async function deskWith(...events: DeploymentEvent[]): Promise<TestDesk> {
  const desk = new TestDesk({ policy: { ...policy, people } });
  desk.people.set('U0LENA', 'member');
  await desk.types('deploy api staging');
  await desk.happens(1, { type: 'checking' }, planned, ...events);
  return desk;
}

const stateOf = async (desk: TestDesk, name: string) =>
  (await desk.store.deployment(1))?.checkStates.find((check) => check.name === name);

describe('retry', () => {
  it('has what failed looked at again', async () => {
    const desk = await deskWith(failure);

    const { words } = await desk.types('retry #1');

    expect(words).toBe('#1 is checked again. Its message shows how that goes.');
    expect(await stateOf(desk, 'Scan')).toMatchObject({ state: 'running' });
  });

  it('has a build that failed made again', async () => {
    const desk = await deskWith(
      { type: 'build-started', correlation: 'forge-1-1', workflow: 'deploy.yml' },
      { type: 'build-failed', says: 'no', deadline: 4_000_000_000_000 },
    );

    expect((await desk.types('retry #1')).words).toContain('#1 is built again.');
  });

  it('of what has not failed says so', async () => {
    const desk = await deskWith();

    expect((await desk.types('retry #1')).words).toContain('There is nothing to retry');
  });

  it('by a button that was shown for something else does nothing', async () => {
    const desk = await deskWith(failure);
    const value = await seenNow(desk);
    await desk.happens(1, { type: 'check-retried', name: 'Scan' }, failure);

    const { words } = await desk.presses('retry', value);

    expect(words).toContain('Nothing was done: #1 is not what it was when you pressed');
    expect(await stateOf(desk, 'Scan')).toMatchObject({ state: 'failed' });
  });
});

describe('override', () => {
  it('without a reason asks for it, and does nothing yet', async () => {
    const desk = await deskWith(failure);

    const { form } = await desk.types('override #1', 'U0LENA');

    expect(formWords(form)).toContain('2 critical findings');
    expect(await stateOf(desk, 'Scan')).toMatchObject({ state: 'failed' });
  });

  it('by somebody of the role counts, with the reason', async () => {
    const desk = await deskWith(failure);

    const { words } = await desk.types('override #1 because it is a false alarm', 'U0LENA');

    expect(words).toContain('Scan of #1 counts as passed by your word.');
    expect(await stateOf(desk, 'Scan')).toMatchObject({
      ...{ state: 'overridden', by: { userId: 'U0LENA' }, why: 'it is a false alarm' },
    });
  });

  it('by anybody else is refused, with whom to ask', async () => {
    const desk = await deskWith(failure);

    const { words } = await desk.types('override #1 because I want it');

    expect(words).toContain('it takes the role release manager to override “Scan” of #1. Ask @U0LENA.');
    expect(await stateOf(desk, 'Scan')).toMatchObject({ state: 'failed' });
  });

  it('of a check that nobody may override is refused', async () => {
    const { override: _nobody, ...strict } = { override: undefined, ...failure };
    const desk = await deskWith({
      ...strict,
      type: 'check-failed',
      name: 'Scan',
      verdict: 'failed',
      says: 'x',
      deadline: 4_000_000_000_000,
    });

    expect((await desk.types('override #1 because x', 'U0LENA')).words).toContain('nobody may override it');
  });
});

describe('tick', () => {
  it('confirms a box by its name', async () => {
    const desk = await deskWith();

    const { words } = await desk.types('tick #1 stakeholders', 'U0LENA');

    expect(words).toBe('You confirmed stakeholders of #1.');
    expect(await stateOf(desk, 'Stakeholders')).toMatchObject({ state: 'ticked', by: { userId: 'U0LENA' } });
  });

  it('takes everything after the number as the name', async () => {
    const desk = await deskWith();

    await desk.types('tick 1 Changelog because of the law');

    expect(await stateOf(desk, 'Changelog because of the law')).toMatchObject({ state: 'ticked' });
  });

  it('without a name says how it is typed', async () => {
    const desk = await deskWith();

    expect((await desk.types('tick #1')).words).toContain('`/forge tick #1 Stakeholders are told`');
  });

  it('by somebody without the role of the box is refused', async () => {
    const desk = await deskWith();

    expect((await desk.types('tick #1 Stakeholders')).words).toContain(
      'it takes the role release manager to confirm “Stakeholders” of #1',
    );
    expect(await stateOf(desk, 'Stakeholders')).toMatchObject({ state: 'to-do' });
  });

  it('by a button of a box that says something else by now does nothing', async () => {
    const desk = await deskWith();

    const { words } = await desk.presses('tick', {
      deployment: 1,
      box: 'Changelog because of the law',
      of: 'c0',
    });

    expect(words).toContain('says something else by now');
    expect(await stateOf(desk, 'Changelog because of the law')).toMatchObject({ state: 'to-do' });
  });

  it('twice says who has', async () => {
    const desk = await deskWith({ type: 'box-ticked', name: 'Stakeholders', of: 't1' });

    expect((await desk.types('tick #1 Stakeholders', 'U0LENA')).words).toContain(
      'has confirmed “Stakeholders”',
    );
  });
});
