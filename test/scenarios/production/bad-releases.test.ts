import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createProductionWorld, type ProductionWorld } from './production-world.ts';
import { Story } from './story.ts';

const onBlue = ['api-blue 100, api-green 0'];

describe('a canary', { timeout: 240_000 }, () => {
  let world: ProductionWorld;
  let story: Story;

  beforeAll(async () => {
    world = await createProductionWorld({ timing: { 'start within': '10s' } });
    story = new Story(world);
  });
  afterEach(() => story.endsAll());
  afterAll(() => world.stop());

  it.each([
    ['fails 5 % of its requests', 'v1.3.0-errors', /server error/u],
    ['answers a second later', 'v1.3.1-slow', /took longer than/u],
    // Which of its failures is seen first is chance.
    [
      'ends again and again',
      'v1.3.2-crashloop',
      /None of its tasks is healthy|did not answer|failed|server error/u,
    ],
  ])('never goes past the first step with a release that %s', async (_, version, reason) => {
    const number = await story.deploys(version);

    const { phase } = await story.ended(number);

    expect(phase).toMatchObject({ kind: 'rolled-back', reason: expect.stringMatching(reason) });
    expect(await story.shifts(number)).toEqual([50, 0]);
    expect(story.weights()).toEqual(onBlue);
  });

  it.each([
    ['is never healthy', 'v1.2.2-unhealthy', /only 0 of 2 tasks were healthy/u],
    ['ends at its start', 'v1.2.0-crash', /tasks of .* failed/u],
    ['tells another version than its own', 'v1.3.3-wrong', /does not contain v1\.3\.3-wrong/u],
  ])('gives no traffic to a release that %s', async (_, version, reason) => {
    const number = await story.deploys(version);

    const { phase } = await story.ended(number);

    expect(phase).toMatchObject({ kind: 'rolled-back', reason: expect.stringMatching(reason) });
    expect(await story.shifts(number)).toEqual([]);
    expect(story.weights()).toEqual(onBlue);
  });
});
