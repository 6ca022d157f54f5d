import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { type ForgeInSlack, forgeInSlack } from './forge-in-slack.ts';
import { openArrivals, published } from './records.ts';

describe('a full database', () => {
  it('keeps no command it cannot finish, and the person is told so at once', async () => {
    const world = await forgeInSlack();
    fill(world);

    const delivery = await world.types('maya', 'deploy staging');

    expect(delivery).toMatchObject({ acked: true });
    await world.told('maya', 'Forge could not save this, so nothing was done.');
    expect(world.screen.deploymentMessages()).toEqual([]);
    expect(await openArrivals(world)).toEqual([]);
  });

  it('keeps no click either', async () => {
    const world = await forgeInSlack();
    await world.types('maya', 'deploy staging');
    await world.shows(1, 'is live on');
    await published(1, world);
    fill(world);

    await world.clicks('maya', 'Roll back', 1);

    await world.told('maya', 'Forge could not save this, so nothing was done.');
    expect(world.version()).toBe('v1.1.0');
  });

  it('shows it on the form, which stays open', async () => {
    const world = await forgeInSlack();
    await world.types('maya', 'deploy api');
    await world.form('maya');
    fill(world);

    const sent = await world.answers('maya', { environment: 'staging' });

    expect(sent.errors).toEqual({
      service: expect.stringContaining('could not save this, so nothing was done'),
    });
    expect(world.screen.formNow('maya')).toBeDefined();
  });

  it('does what is asked once there is room again', async () => {
    const world = await forgeInSlack();
    fill(world);
    await world.types('maya', 'deploy staging');
    await world.told('maya', 'nothing was done');
    world.process.database.orm.get('pragma max_page_count = 1000000');

    await world.types('maya', 'deploy staging');

    await world.shows(1, 'is live on');
  });
});

describe('a database another program holds', () => {
  it('keeps no command, and the person is told so at once', async () => {
    const world = await forgeInSlack();
    const free = lock(world);

    await world.types('maya', 'deploy staging');
    await world.told('maya', 'Forge could not save this, so nothing was done.');
    free();
    await world.types('maya', 'deploy staging');

    await world.shows(1, 'is live on');
    expect(world.screen.deploymentMessages()).toHaveLength(1);
  });

  it('while a deployment runs delays it, and nothing is doubled', async () => {
    const world = await forgeInSlack();
    world.platform.behave('v1.1.0', { kind: 'stalling' });
    await world.types('maya', 'deploy staging');
    await world.shows(1, /0 of 2/u);
    const free = lock(world);
    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 1 });
    await eventually(() => world.lines.filter(({ level }) => level === 'error').length >= 2);

    free();

    await world.shows(1, 'v1.1.0 is live on Public API in staging');
    await published(1, world);
    expect(world.screen.deploymentMessages()).toHaveLength(1);
    expect(new Set(world.screen.thread(1)).size).toBe(world.screen.thread(1).length);
    expect(world.platform.changes).toHaveLength(1);
  });
});

/** Another connection begins to write and does not end; Forge does not wait for it. Returns how to end it. */
function lock(world: ForgeInSlack): () => void {
  const { orm, path } = world.process.database;
  orm.get('pragma busy_timeout = 1');
  const other = new Sqlite(path);
  other.exec('begin immediate');
  return () => other.close();
}

/** Not one page more than there are, and none of those free. */
function fill(world: ForgeInSlack): void {
  const { orm } = world.process.database;
  orm.get('pragma max_page_count = 1');
  for (let size = 4_000; size > 0; size = Math.floor(size / 2)) {
    try {
      for (let row = 0; row < 200; row += 1) {
        orm.run(
          `insert into arrival (id, kind, payload, received_at, attempts, finished_at) values ('filler:${size}:${row}:' || hex(randomblob(8)), 'filler', '"' || hex(zeroblob(${Math.floor(size / 2)})) || '"', 0, 0, 0)`,
        );
      }
    } catch {
      // Full for this size: a smaller one may still fit.
    }
  }
}
