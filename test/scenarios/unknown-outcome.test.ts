import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ForgeInSlack, forgeInSlack } from './forge-in-slack.ts';

/** What the deployments did to the world outside. */
function effects({ file }: ForgeInSlack): string[] {
  const ledger = `${file}.ledger`;
  if (!existsSync(ledger)) return [];
  return readFileSync(ledger, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** A process of Forge; `killed` resolves with the signal it died of. */
function startProcess({ file, apiUrl }: ForgeInSlack): { child: ChildProcess; killed: Promise<unknown[]> } {
  const program = new URL('one-off-process.ts', import.meta.url).pathname;
  const child = fork(program, [file, apiUrl, `${file}.ledger`], { stdio: 'inherit' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, killed: once(child, 'exit') };
}

/** A deployment whose effect happened and whose process was killed before it could note that; another process asks. */
async function killedInTheMiddle(): Promise<{ world: ForgeInSlack; next: ReturnType<typeof startProcess> }> {
  const world = await forgeInSlack({ isStarted: false });
  const first = startProcess(world);
  await expect
    .poll(async () => (await world.types('maya', 'deploy staging')).acked, { timeout: 20_000 })
    .toBe(true);
  expect(await first.killed).toEqual([null, 'SIGKILL']);
  const next = startProcess(world);
  await world.shows(1, 'Waiting for an answer: v1.1.0 on Public API in staging');
  return { world, next };
}

describe('an effect during which Forge was killed', () => {
  it('is asked about once, however often Forge is killed, and one answer counts', async () => {
    const { world, next } = await killedInTheMiddle();
    const message = await world.shows(1, /nobody knows whether it did\./u);
    expect(message.words).toContain('Do it again runs the migration once more.');
    expect(message.words).toContain('It happened goes on without it.');
    expect(message.words).toContain('Abort leaves v1.0.0 live.');
    expect(message.words).toMatch(/If nobody answers by .*, Forge aborts\./u);
    const questions = () => world.screen.thread(1).filter((line) => line.includes('Press It happened'));
    await expect.poll(questions).toHaveLength(1);
    expect(questions()[0]).toContain('operation "migrate" of run deploy/1');

    next.child.kill('SIGKILL');
    await next.killed;
    startProcess(world);
    await expect
      .poll(async () => (await world.clicksIn('maya', 'It happened', message)).acked, { timeout: 20_000 })
      .toBe(true);
    await world.told('maya', '#1 goes on with v1.1.0.');
    await world.clicksIn('jonas', 'Do it again', message);

    await world.told(
      'jonas',
      /Nothing was done: (?:somebody has answered #1 already|#1 is not what it was when you pressed)/u,
    );
    await world.shows(1, 'v1.1.0 is live on Public API in staging');
    expect(effects(world)).toEqual(['migrated for #1']);
    expect(questions()).toHaveLength(1);
  }, 60_000);

  it('is had again when a person says so in words', async () => {
    const { world } = await killedInTheMiddle();
    await world.types('maya', 'resume #1');

    await world.shows(1, 'v1.1.0 is live on Public API in staging');

    expect(effects(world)).toEqual(['migrated for #1', 'migrated for #1']);
    await expect.poll(() => world.screen.thread(1).join('\n')).toContain('answered: do it again.');
  }, 60_000);
});
