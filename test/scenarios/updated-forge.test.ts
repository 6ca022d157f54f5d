import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { eq } from '../../db/drizzle.ts';
import { operation } from '../../db/schema.sqlite.ts';
import { type ForgeInSlack, forgeInSlack } from './forge-in-slack.ts';

/** As if the version of Forge that began the deployment had called its first operation something else. */
function renameFirstOperation({ file }: ForgeInSlack, run: string): void {
  const database = openDatabase(file);
  try {
    database.write(() =>
      database.orm.update(operation).set({ name: 'read the old plan' }).where(eq(operation.run, run)).run(),
    );
  } finally {
    database.close();
  }
}

async function stuck(): Promise<ForgeInSlack> {
  const world = await forgeInSlack();
  world.platform.behave('v1.1.0', { kind: 'stalling' });
  await world.types('maya', 'deploy staging');
  await world.shows(1, /0 of 2/u);
  await world.stop();
  renameFirstOperation(world, 'deploy/1');
  await world.start();
  await world.shows(1, 'Waiting for an answer: v1.1.0 on Public API in staging');
  return world;
}

describe('an update of Forge that does not fit a deployment under way', () => {
  it('is told in words, engineers get both names, and a person has it go on', async () => {
    const world = await stuck();

    const message = await world.shows(
      1,
      'Forge was updated while it worked on this and cannot go on by itself.',
    );
    expect(message.words).toContain('Resume looks at what is there now and goes on with v1.1.0');
    expect(message.words).toContain('Abort puts v1.0.0 back.');
    expect(message.words).not.toContain('read the old plan');
    await expect
      .poll(() => world.screen.thread(1).join('\n'))
      .toMatch(
        /For engineers: Run deploy\/1 is stuck\. Operation 0: the journal has operation "read the old plan", the code asks for operation "read the plan"/u,
      );
    expect(world.screen.thread(1).join('\n')).toContain('@U0MAYA @U0SAM Forge was updated');

    world.platform.behave('v1.1.0', { kind: 'healthy', looks: 1 });
    await world.clicksIn('jonas', 'Resume', message);

    await world.shows(1, 'v1.1.0 is live on Public API in staging');
    expect(world.platform.changes).toHaveLength(1);
    expect(world.screen.deploymentMessages()).toHaveLength(1);
  });

  it('is undone by an abort', async () => {
    const world = await stuck();

    await world.types('jonas', 'abort #1 because we wait for the next release');

    await world.shows(1, 'Aborted: v1.0.0 is back on Public API in staging');
    expect(world.version()).toBe('v1.0.0');
  });

  it('shows in the status and is refused to whoever wants to deploy beside it', async () => {
    const world = await stuck();

    await world.types('jonas', 'status staging');
    await world.types('jonas', 'deploy staging');

    await world.told('jonas', /Waiting for an answer: v1\.1\.0 on Public API in staging/u);
    await world.told('jonas', /`\/forge abort #1`/u);
  });
});
