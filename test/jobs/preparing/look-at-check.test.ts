import { afterEach, describe, expect, it } from 'vitest';
import { lookAtCheck } from '../../../jobs/preparing/look-at-check.ts';
import type { CheckPolicy } from '../../../src/domain/check.ts';
import { plannedCheck } from '../../../src/domain/policy-checks.ts';
import { aRun } from '../../builders.ts';
import { type CodeWorld, createCodeWorld, lint, unitTests } from '../code-world.ts';
import { america, europe, releaseOf, staging, targetIn } from '../shop.ts';
import { aContext, aRound, aWorld } from './a-context.ts';

const scan: CheckPolicy = { name: 'Scan', kind: 'scan', most: { critical: 0 }, within: 60_000 };
const changelog: CheckPolicy = { name: 'Changelog', kind: 'changelog', file: 'log.md', within: 60_000 };
const regions = [america, europe];
const digest = `sha256:${'0'.repeat(64)}`;

describe('a check of a deployment', () => {
  let code: CodeWorld;
  afterEach(() => code.close());

  it('is not taken for what the policy asked for before it was changed', async () => {
    code = createCodeWorld({ checks: [unitTests], isBuilt: false });
    await code.ask('v1.1.0');
    const world = aWorld(code);
    const context = aContext(1, world);
    const round = await aRound(context, world);
    const { of } = plannedCheck({ ...lint, name: unitTests.name });
    const before = { ...{ name: unitTests.name, of, within: 600_000 }, startedAt: code.clock.now() };

    const left = await lookAtCheck(context, before, round, { world, tellTrouble: async () => undefined });

    expect(left).toEqual({});
    expect(code.runner.requests).toEqual([]);
    expect(await code.eventTypes(1)).toEqual(['requested']);
  });

  it.each([
    ['knows that of every region', ['base', 'base'], 'passed'],
    ['nobody can tell where that of one region is not known', ['base', undefined], 'unknown'],
  ] as const)('that is about what is new since what is live %s', async (_words, live, state) => {
    code = createCodeWorld({
      ...{ checks: [changelog], isBuilt: false, environment: { regions } },
      service: { runs: { staging: regions.map((region) => aRun({ region })) } },
    });
    const base = code.web.push('main', { files: { 'a.js': 'x' }, message: 'A' });
    const commit = code.web.push('main', { files: { 'log.md': '# 2' }, message: 'B' });
    code.sourceControl.add({ release: { ...releaseOf('v1.4.0'), commit }, branch: 'main' });
    for (const [index, region] of regions.entries()) {
      const known = live[index] === undefined ? {} : { commit: base };
      code.platform.give(targetIn(staging, region), { version: 'v1.0.0', digest, ...known });
    }
    await code.start();
    await code.ask('v1.4.0');

    const deployment = await code.until(async () => {
      const now = await code.deployment(1);
      return now.checkStates.some((check) => check.state !== 'to-do' && check.state !== 'running') && now;
    });

    expect(deployment.checkStates).toMatchObject([{ state }]);
  });

  it('is let pass by nobody where the policy names no role for that', async () => {
    code = createCodeWorld({ checks: [scan], isBuilt: false });
    await code.start();
    const { commit = '' } = releaseOf('v1.1.0');
    code.sourceControl.setImage(commit, {
      scan: { kind: 'complete', findings: { critical: 2, high: 0, medium: 0, low: 0 }, unrated: 0 },
    });
    await code.ask('v1.1.0');
    await code.untilCheck(1, 'Scan', 'failed');

    await expect(code.override(1)).rejects.toThrow('nobody may override it');
  });
});
