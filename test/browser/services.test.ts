import { describe, expect, it } from 'vitest';
import { aMinute, aWebService } from './sample-services.ts';
import { measure, openWorkspace } from './workspace-page.ts';
import { useBrowserWorld } from './world.ts';

const world = useBrowserWorld();
const hash = '#/channel/deploys/services';

describe('a service in the pane', () => {
  it('shows what answers, how much is asked, what failed, and its tasks in words', async () => {
    const second = { requests: 12, failures: 1, p95Ms: 84.4, byVersion: { 'v1.0.0': 8, 'v1.1.0': 3 } };
    world.sandbox.services = [
      aWebService({
        shares: [
          { version: 'v1.1.0', colour: 'only', percent: 25 },
          { version: 'v1.0.0', colour: 'only', percent: 75 },
        ],
        tasks: [
          { id: 't1', version: 'v1.0.0', colour: 'only', state: 'draining' },
          { id: 't2', version: 'v1.1.0', colour: 'only', state: 'healthy' },
          { id: 't3', version: 'v1.1.0', colour: 'only', state: 'starting' },
        ],
        traffic: aMinute(second, second, second),
      }),
    ];
    const { page, problems } = await openWorkspace(world, { hash });
    const card = page.getByRole('region', { name: 'api in staging, us-east-1' });

    await card.getByRole('img', { name: 'Answered by v1.0.0 75 %, v1.1.0 25 %' }).waitFor();
    await card.getByRole('img', { name: 'now 12.0 per second, 3 failed' }).waitFor();
    expect(await card.locator('dl').innerText()).toMatch(/12\.0\/s[\s\S]*3[\s\S]*84 ms/);
    expect(await card.getByRole('listitem').filter({ hasText: 'v1.1.0, starting' }).count()).toBeGreaterThan(
      0,
    );
    expect(await card.getByTitle('v1.0.0, draining').count()).toBe(1);
    expect(await card.getByText('Tasks: 1 starting · 1 healthy · 1 draining').count()).toBe(1);
    expect(problems).toEqual([]);
  });

  it('with two colours names them', async () => {
    const second = { requests: 10, byColour: { blue: 9, green: 1, only: 0 }, byVersion: { v1: 10 } };
    world.sandbox.services = [
      aWebService({
        live: { version: 'v1', colour: 'blue' },
        shares: [
          { version: 'v1', colour: 'blue', percent: 90 },
          { version: 'v1', colour: 'green', percent: 10 },
        ],
        traffic: aMinute(second),
      }),
    ];
    const { page } = await openWorkspace(world, { hash });

    await page.getByRole('img', { name: 'Answered by v1 on blue 90 %, v1 on green 10 %' }).waitFor();
    await page.getByText('live on blue').waitFor();
    expect(await page.locator('.traffic path.tone-blue, .traffic path.tone-green').count()).toBe(2);
  });

  it('that is a worker has tasks, and no traffic to show or send', async () => {
    const { url: _, ...worker } = aWebService({ name: 'billing-worker', shares: [], traffic: [] });
    world.sandbox.services = [worker];
    const { page } = await openWorkspace(world, { hash });

    await page.getByText('Tasks: 1 healthy').waitFor();
    expect(await page.getByRole('complementary').locator('svg[role=img], [type=range]').count()).toBe(0);
  });

  it('keeps everything below in its place while a second version comes', async () => {
    world.sandbox.services = [aWebService()];
    const { page } = await openWorkspace(world, { hash });
    const top = () => measure(page, 'document.querySelector(".traffic").getBoundingClientRect().top');
    await page.getByRole('slider').waitFor();
    const before = await top();

    const tasks = ['v1.0.0', 'v1.1.0'].map((version) => ({
      id: version,
      version,
      colour: 'only' as const,
      state: 'healthy' as const,
    }));
    world.sandbox.services = [aWebService({ tasks })];
    world.sandbox.tellState();

    await page.getByText('Tasks: 2 healthy').waitFor();
    expect(await top()).toBe(before);
  });

  it('is read at most once a second, however often something changes', async () => {
    world.sandbox.services = [aWebService()];
    const { page } = await openWorkspace(world, { hash });
    await page.getByRole('slider').waitFor();
    const before = world.sandbox.stateReadings;

    for (let told = 0; told < 30; told += 1) {
      world.sandbox.tellState();
      await page.waitForTimeout(20);
    }

    expect(world.sandbox.stateReadings - before).toBeLessThanOrEqual(2);
  });
});

describe('the load', () => {
  it('is sent when somebody moves the slider', async () => {
    world.sandbox.services = [aWebService()];
    const { page } = await openWorkspace(world, { hash });

    await page.getByRole('slider', { name: 'Load on api in staging, requests per second' }).fill('20');

    await expect
      .poll(() => world.sandbox.sentTo('/sandbox/load'))
      .toEqual([{ service: 'api', environment: 'staging', requestsPerSecond: 20 }]);
  });

  it('that is set stands there again after a reload', async () => {
    world.sandbox.services = [aWebService({ load: 35 })];
    const { page } = await openWorkspace(world, { hash });

    await page.reload();

    await expect.poll(() => page.getByRole('slider').inputValue()).toBe('35');
    expect(await page.getByText('35/s').count()).toBe(1);
  });

  it('follows a program that sets another one, also above what a person would', async () => {
    world.sandbox.services = [aWebService({ load: 10 })];
    const { page } = await openWorkspace(world, { hash });
    await page.getByText('10/s').waitFor();

    world.sandbox.services = [aWebService({ load: 200 })];
    world.sandbox.tellState();

    await page.getByText('200/s').waitFor();
    expect(await page.getByRole('slider').inputValue()).toBe('200');
  });

  it('that somebody is choosing is not taken back by the next reading', async () => {
    world.sandbox.services = [aWebService({ load: 10 })];
    const { page } = await openWorkspace(world, { hash });
    const slider = page.getByRole('slider');
    await slider.fill('25');

    world.sandbox.services = [aWebService({ load: 10, live: { version: 'v2', colour: 'only' } })];
    world.sandbox.tellState();

    await page.getByText('v2', { exact: true }).waitFor();
    expect(await slider.inputValue()).toBe('25');
    expect(await page.getByText('25/s').count()).toBe(1);
  });
});

describe('the pane on a phone', () => {
  it('fits, and stands still for people who asked for that', async () => {
    world.sandbox.services = [
      aWebService({
        tasks: Array.from({ length: 12 }, (_, index) => ({
          id: `t${index}`,
          version: 'v1.2.2-unhealthy-and-with-a-very-long-name',
          colour: 'only' as const,
          state: 'starting' as const,
        })),
      }),
    ];
    const { page } = await openWorkspace(world, {
      hash,
      viewport: { width: 360, height: 740 },
      isMobile: true,
      reducedMotion: 'reduce',
    });
    await page.getByText('Tasks: 12 starting').waitFor();

    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await measure(page, overflow)).toBe(0);
    expect(await measure(page, 'document.getAnimations().length')).toBe(0);
  });
});
