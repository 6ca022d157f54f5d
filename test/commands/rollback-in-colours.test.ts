import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/domain/policy.ts';
import { aRequestedEvent } from '../builders.ts';
import { aColouredRun } from '../colour-builders.ts';
import { policy as company, release, staging } from '../scenarios/company.ts';
import { aCanary, succeeded } from '../views/canary.ts';
import { deskAfter } from './desks.ts';
import { formWords } from './form-reading.ts';
import { TestDesk } from './front-desk.ts';

const region = 'us-east-1';
const old = { version: 'v1.0.0', commit: 'a'.repeat(40), digest: `sha256:${'a'.repeat(64)}` };
const now = { version: 'v1.1.0', commit: 'b'.repeat(40), digest: `sha256:${'b'.repeat(64)}` };

const run = aColouredRun({ region, cluster: 'staging', url: 'http://api.staging.test' });

const policy: Policy = {
  ...company,
  services: company.services.map((service) =>
    service.name === 'api' ? { ...service, runs: { ...service.runs, staging: [run] } } : service,
  ),
  environments: company.environments.map((environment) =>
    environment.name === 'staging'
      ? { ...environment, strategy: { kind: 'canary', steps: [{ weight: 100, bake: 1_000 }] } }
      : environment,
  ),
};

/** v1.1.0 is live on green by #1; of two tasks of v1.0.0 on blue so many are healthy. */
async function deskWithStandby(healthy: number): Promise<TestDesk> {
  const desk = new TestDesk({ policy });
  const { platform } = desk.world;
  const colours = platform.giveColours(staging(), {
    live: 'green',
    image: now,
    idle: { image: old, desired: 2 },
  });
  platform.sicken(staging(), 'blue', healthy);
  const canary = aCanary([region]);
  const before = { ...canary.from[region], place: 'blue' as const, ...old, revision: colours.blue.revision };
  const plan = {
    ...canary,
    from: { [region]: before },
    to: release('v1.1.0', 'b'),
  };
  const [, ...rest] = succeeded(plan);
  const requested = aRequestedEvent({ plan, service: 'api', environment: 'staging' });
  return deskAfter([requested, ...rest], desk);
}

/** Sends the form, with its box ticked or not. */
function confirmed(desk: TestDesk, form: ModalView | undefined, ticked: string[] = []) {
  const submission = desk.submission('rollback', {}, form?.private_metadata);
  return desk.arrives({ ...submission, values: { emergency: { emergency: ticked } } });
}

async function stepsOf(desk: TestDesk): Promise<string[]> {
  return ((await desk.store.deployment(2))?.plan.steps ?? []).map(({ kind }) => kind);
}

describe('a rollback in colours', () => {
  it('is said to be instant while the release before is warm', async () => {
    const desk = await deskWithStandby(2);

    const { form } = await desk.types('rollback staging');
    await confirmed(desk, form);

    expect(formWords(form)).toContain('It is instant');
    expect((await stepsOf(desk))[0]).toBe('return');
  });

  it('starts tasks first where there are too few, unless the person calls it an emergency', async () => {
    const desk = await deskWithStandby(1);
    const { form } = await desk.types('rollback staging');

    await confirmed(desk, form, ['emergency']);

    expect(formWords(form)).toMatch(/only 1 of the 2 tasks that v1\.0\.0 needs is healthy/u);
    expect((await stepsOf(desk))[0]).toBe('return');
  });

  it('starts tasks first where the box is not ticked, exactly as it was shown', async () => {
    const desk = await deskWithStandby(1);
    const { form } = await desk.types('rollback staging');
    desk.world.platform.sicken(staging(), 'blue', undefined);

    await confirmed(desk, form);

    expect((await stepsOf(desk))[0]).toBe('restore');
  });
});
