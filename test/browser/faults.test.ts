import { describe, expect, it } from 'vitest';
import { quietSettings } from '../../sandbox/aws/settings.ts';
import type { FaultEntry } from '../../sandbox/faults.ts';
import { FIRST_SETTINGS } from '../../sandbox/slack/settings.ts';
import { aServiceInTwoColours, aWebService } from './sample-services.ts';
import { measure, openWorkspace } from './workspace-page.ts';
import { useBrowserWorld } from './world.ts';

const world = useBrowserWorld();
const hash = '#/channel/deploys/faults';

function aFault(given: Partial<FaultEntry> = {}): FaultEntry {
  return {
    id: 7,
    fault: { service: 'ecs', operation: 'UpdateService', kind: 'cut-after', nth: 1, times: 3, ms: 5_000 },
    calls: 1,
    struck: 1,
    ...given,
  };
}

describe('faults that are on', () => {
  it('are told above every pane, with how often they struck, and can be ended there', async () => {
    world.sandbox.faults = [aFault()];
    const { page, problems } = await openWorkspace(world);
    const strip = page.getByRole('region', { name: 'Faults that are on' });

    await strip.getByText('ecs UpdateService').waitFor();
    await strip.getByText('struck 1 of 3').waitFor();
    await strip.getByRole('button', { name: 'Switch off: ecs UpdateService' }).click();

    await expect.poll(() => world.sandbox.sentTo('/sandbox/faults/end')).toEqual([{ id: 7 }]);
    expect(problems).toEqual([]);
  });

  it('are followed while they strike, without a word from the stream', async () => {
    world.sandbox.faults = [aFault()];
    const { page } = await openWorkspace(world);
    const strip = page.getByRole('region', { name: 'Faults that are on' });
    await strip.getByText('struck 1 of 3').waitFor();

    world.sandbox.faults = [aFault({ calls: 2, struck: 2 })];
    await strip.getByText('struck 2 of 3').waitFor();
    world.sandbox.faults = [aFault({ calls: 3, struck: 3 })];

    await strip.waitFor({ state: 'hidden' });
  });

  it('count a switch too, and all end at once', async () => {
    world.sandbox.faults = [aFault()];
    world.sandbox.switches = { slack: { ...FIRST_SETTINGS, newBlocks: false }, aws: quietSettings };
    const { page } = await openWorkspace(world);
    const strip = page.getByRole('region', { name: 'Faults that are on' });

    await strip.getByText('No new block types').waitFor();
    await strip.getByRole('button', { name: 'Switch all off' }).click();

    await expect
      .poll(() => world.sandbox.sent.filter(({ path }) => path !== '/sandbox/home'))
      .toEqual([
        { path: '/sandbox/faults', body: [] },
        { path: '/sandbox/slack', body: { newBlocks: true } },
      ]);
  });

  it('take no place while there are none', async () => {
    const { page } = await openWorkspace(world);

    expect(await page.locator('.trouble').isVisible()).toBe(false);
  });
});

describe('the pane of faults', () => {
  it('offers what Forge called, and switches a fault on', async () => {
    world.sandbox.requests = [
      { sequence: 1, service: 'ecs', operation: 'ListTasks' },
      { sequence: 2, service: 'ecs', operation: 'ListTasks' },
    ];
    const { page } = await openWorkspace(world, { hash });
    const form = page.getByRole('form', { name: 'Switch a fault on' });

    await form.getByLabel('Service').selectOption('ecs');
    await expect
      .poll(() => form.locator('datalist option').first().getAttribute('label'))
      .toBe('called 2 times');
    await form.getByLabel('Operation').fill('UpdateService');
    await form.getByLabel('What it does').selectOption('slow');
    await form.getByLabel('Late by, milliseconds').fill('900');
    await form.getByLabel('From the n-th call').fill('2');
    await form.getByLabel('Times').fill('4');
    await form.getByRole('button', { name: 'Switch on' }).click();

    await expect
      .poll(() => world.sandbox.sentTo('/sandbox/faults/add'))
      .toEqual([{ service: 'ecs', operation: 'UpdateService', kind: 'slow', nth: 2, times: 4, ms: 900 }]);
  });

  it('takes an empty operation for any, and says why a fault was refused', async () => {
    world.sandbox.answers.set('/sandbox/faults/add', () => ({
      status: 400,
      body: { error: 'error: say which error code to refuse with' },
    }));
    const { page } = await openWorkspace(world, { hash });

    await page.getByLabel('What it does').selectOption('refuse');
    await page.getByRole('textbox', { name: 'Error code' }).fill('');
    await page.getByRole('button', { name: 'Switch on' }).click();

    await page.getByRole('alert').getByText('say which error code to refuse with').waitFor();
    expect(world.sandbox.sentTo('/sandbox/faults/add')).toEqual([
      { service: 'slack', operation: '*', kind: 'refuse', nth: 1, times: 1, error: '' },
    ]);
  });

  it('offers what only deliveries can suffer for deliveries only', async () => {
    const { page } = await openWorkspace(world, { hash });
    const isDisabled = () => page.locator('option[value=duplicate]').isDisabled();
    const before = await isDisabled();

    await page.getByLabel('Operation').fill('deliver:interactive');

    expect([before, await isDisabled()]).toEqual([true, false]);
  });

  it('keeps what somebody chose while faults strike', async () => {
    world.sandbox.faults = [aFault()];
    const { page } = await openWorkspace(world, { hash });
    const form = page.getByRole('form');
    await form.getByLabel('Service').selectOption('ecr');
    await form.getByLabel('Operation').fill('Describe');

    world.sandbox.faults = [aFault({ calls: 2, struck: 2 })];

    await page.getByRole('complementary').getByText('struck 2 of 3').waitFor();
    expect(await form.getByLabel('Service').inputValue()).toBe('ecr');
    expect(await form.getByLabel('Operation').inputValue()).toBe('Describe');
  });

  it('shows a fault that is used up, to be removed', async () => {
    world.sandbox.faults = [aFault({ calls: 5, struck: 3 })];
    const { page } = await openWorkspace(world, { hash });

    await page.getByText('struck 3 of 3: used up').waitFor();
    await page.getByRole('button', { name: 'Remove ecs UpdateService' }).click();

    await expect.poll(() => world.sandbox.sentTo('/sandbox/faults/end')).toEqual([{ id: 7 }]);
  });

  it('turns the switches of Slack and AWS, as they really are', async () => {
    const { page } = await openWorkspace(world, { hash });
    const nodes = page.getByRole('switch', { name: 'Load balancer nodes apart' });
    world.sandbox.answers.set('/sandbox/aws', (body) => {
      world.sandbox.switches = { slack: FIRST_SETTINGS, aws: { ...quietSettings, ...body } };
      return { status: 200, body: {} };
    });

    await nodes.click();
    await expect.poll(() => nodes.getAttribute('aria-checked')).toBe('true');
    await nodes.click();

    await expect.poll(() => nodes.getAttribute('aria-checked')).toBe('false');
    expect(world.sandbox.sentTo('/sandbox/aws')).toEqual([
      { nodes: { count: 2, lag: { minMs: 500, maxMs: 5_000 } } },
      { nodes: { count: 1 } },
    ]);
  });

  it('makes a colour serve badly, shows that above everything, and ends it there', async () => {
    world.sandbox.services = [aWebService(), aServiceInTwoColours()];
    const { page } = await openWorkspace(world, { hash });
    const form = page.getByRole('form', { name: 'Make tasks serve badly' });
    const strip = page.getByRole('region', { name: 'Faults that are on' });
    world.sandbox.answers.set('/sandbox/behaviour', ({ errorPercent, ...target }) => {
      const behaviours = errorPercent === null ? [] : [{ ...target, errorPercent }];
      world.sandbox.switches = { slack: FIRST_SETTINGS, aws: { ...quietSettings, behaviours } };
      return { status: 200, body: {} };
    });

    await form.getByLabel('Whose tasks').selectOption('api production green');
    await form.getByLabel('What they do').selectOption('5 % of pages fail');
    await form.getByRole('button', { name: 'Make them do it' }).click();
    await strip.getByText('5 % errors').waitFor();
    await strip.getByRole('button', { name: 'Switch off: api production green' }).click();
    await strip.waitFor({ state: 'hidden' });

    const target = { service: 'api', environment: 'production', colour: 'green' };
    expect(world.sandbox.sentTo('/sandbox/behaviour')).toEqual([
      { ...target, errorPercent: 5 },
      { ...target, errorPercent: null, latencyMs: null, crashAfterRequests: null },
    ]);
  });

  it('moves the weights of what has colours, and of nothing else', async () => {
    world.sandbox.services = [aWebService(), aServiceInTwoColours()];
    const { page } = await openWorkspace(world, { hash });

    await page.getByRole('button', { name: 'Half and half' }).click();

    await expect
      .poll(() => world.sandbox.sentTo('/sandbox/weights'))
      .toEqual([{ service: 'api', environment: 'production', blue: 50, green: 50 }]);
  });

  it('cuts the connection of Forge', async () => {
    const { page } = await openWorkspace(world, { hash });

    await page.getByRole('button', { name: 'Cut', exact: true }).click();

    await expect.poll(() => world.sandbox.sentTo('/sandbox/connections')).toEqual([{ action: 'cut' }]);
  });

  it('fits on a phone, with targets large enough for a thumb', async () => {
    world.sandbox.faults = [aFault()];
    const { page } = await openWorkspace(world, {
      hash,
      viewport: { width: 360, height: 740 },
      isMobile: true,
    });
    await page.getByRole('switch').first().waitFor();

    const boxes = await Promise.all(
      (await page.locator('button:visible, select:visible').all()).map((control) => control.boundingBox()),
    );
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(Math.min(...boxes.map((box) => box?.height ?? 0))).toBeGreaterThanOrEqual(44);
    expect(await measure(page, overflow)).toBe(0);
  });
});
