import { describe, expect, it } from 'vitest';
import { openWorkspace } from './workspace-page.ts';
import { useBrowserWorld } from './world.ts';

const world = useBrowserWorld();

describe('the App Home', () => {
  it('is opened as the acting person and shows what Forge publishes', async () => {
    const { page } = await openWorkspace(world);

    await page.getByRole('link', { name: 'Forge', exact: true }).last().click();
    await page.getByText('has not published a home').waitFor();
    world.sandbox.setHome('U0MAYA', [
      { type: 'header', text: { type: 'plain_text', text: 'Your environments' } },
    ]);

    await page.getByText('Your environments').waitFor();
    expect(world.sandbox.sentTo('/sandbox/home')).toEqual([{ as: 'U0MAYA' }]);
  });
});

describe('the services', () => {
  it('show what really answers and take a load', async () => {
    world.sandbox.services = [
      {
        name: 'api',
        environment: 'staging',
        region: 'us-east-1',
        url: 'http://127.0.0.1:4801',
        live: { version: 'v1.0.0', colour: 'only' },
        weights: null,
        requests: 10,
        failures: 2,
        tasks: [{ id: 't1', version: 'v1.0.0', colour: 'only', state: 'healthy' }],
        traffic: [],
        load: 0,
      },
    ];
    const { page } = await openWorkspace(world);

    await page.getByRole('button', { name: 'Services' }).click();
    await page.getByRole('slider').fill('20');

    await page.getByRole('complementary').getByText('v1.0.0').first().waitFor();
    await expect
      .poll(() => world.sandbox.sentTo('/sandbox/load'))
      .toEqual([{ service: 'api', environment: 'staging', requestsPerSecond: 20 }]);
  });
});
