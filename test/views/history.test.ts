import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import type { Deployment } from '../../src/domain/deployment.ts';
import type { DeploymentEvent } from '../../src/domain/events.ts';
import { historyMessage } from '../../views/history.ts';
import { aDeployment, aLive, aMoment, aPlan, aRegion, aRelease } from '../builders.ts';
import { inPhase, phaseKinds, storyTo } from '../in-phase.ts';
import { aCanary, baking, succeeded } from './canary.ts';
import { hostileTexts } from './hostile.ts';
import { objections, readableIn } from './rules.ts';

const title = 'Checkout';
const rows = (count: number, deployment: Deployment = inPhase('succeeded')) =>
  Array.from({ length: count }, (_, index) => ({
    deployment: { ...deployment, number: 142 - index },
    title,
  }));

/** What the first row says. */
function said(deployment: Deployment, now = aMoment): string {
  return readableIn(historyMessage({ rows: [{ deployment, title }], filter: {}, now }).blocks)[1] ?? '';
}

/** What the row of a succeeded deployment says became of it. */
function became(...later: DeploymentEvent[]): string | undefined {
  return wordOf(aDeployment([...storyTo('succeeded'), ...later]));
}

function wordOf(deployment: Deployment): string | undefined {
  return /production: (.+)\n/.exec(said(deployment))?.[1];
}

describe('the history', () => {
  it('says of each deployment what, where, what became of it, who asked when and how long it took', () => {
    expect(said(inPhase('succeeded'))).toMatch(
      /^\*#142\* v1\.1\.0 → Checkout in production: live now\nasked by <@U0MAYA>, <!date\^1767603600\^.+>, took 5 s$/,
    );
  });

  it('marks emergencies', () => {
    const declared: DeploymentEvent = { type: 'emergency-declared', digest: 'd1' };

    expect(wordOf(aDeployment([...storyTo('waiting'), declared]))).toBe(
      ':rotating_light: Emergency, waiting to start',
    );
  });

  it('does not say how long something took that never started', () => {
    expect(said(inPhase('refused'))).not.toContain('took');
  });

  it('says of a rollback what it went back to, and of which deployment it was', () => {
    const rollback = inPhase('succeeded', {
      undoes: 141,
      plan: aPlan({ to: aRelease({ version: 'v1.0.0' }) }),
    });

    expect(said(rollback)).toMatch(
      /^\*#142\* back to v1\.0\.0 \(rollback of #141\) → Checkout in production: succeeded\n/,
    );
  });

  it('says what later deployments did to it', () => {
    expect(became({ type: 'undoing', by: 143 }, { type: 'undone', by: 143 })).toBe('undone by #143');
    expect(became({ type: 'replaced', by: 144 })).toBe('replaced by #144');
    expect(became({ type: 'replaced', by: 144 }, { type: 'live-again', by: 145 })).toBe('live now');
    expect(became({ type: 'undoing', by: 143 })).toBe('live now, #143 is taking it back');
  });

  it.each([
    [{}, 'Deployments'],
    [{ service: 'checkout' }, 'Deployments of checkout'],
    [{ environment: 'staging' }, 'Deployments in staging'],
    [{ service: 'checkout', environment: 'staging' }, 'Deployments of checkout in staging'],
  ])('says what it lists: %o', (filter, heading) => {
    expect(historyMessage({ rows: rows(1), filter, now: aMoment }).text).toBe(heading);
  });

  it('opens each deployment by its row', () => {
    const buttons = buttonsIn(historyMessage({ rows: rows(2), filter: {}, now: aMoment }).blocks);

    expect(buttons).toMatchObject([
      { action_id: 'status', value: '{"deployment":142}' },
      { action_id: 'status', value: '{"deployment":141}' },
    ]);
  });

  it('goes on where there are older ones, and says where there are none', () => {
    const older = historyMessage({ rows: rows(5), filter: { service: 'checkout' }, next: 138, now: aMoment });
    const all = historyMessage({ rows: rows(5), filter: {}, now: aMoment });

    expect(buttonsIn(older.blocks).at(-1)).toMatchObject({
      action_id: 'history',
      text: { text: 'Older' },
      value: '{"service":"checkout","before":138}',
    });
    expect(readableIn(all.blocks).at(-1)).toBe('That is all.');
  });

  it('says how to make the first one', () => {
    const message = historyMessage({ rows: [], filter: { environment: 'staging' }, now: aMoment });

    expect(message.text).toBe('Deployments in staging: there are none yet. `/forge deploy` makes the first.');
    expect(objections(message, { newBlocks: false })).toEqual([]);
  });

  it('has words of its own for every way a deployment can stand', () => {
    const words = Object.fromEntries(phaseKinds.map((kind) => [kind, wordOf(inPhase(kind))]));

    expect(words).toMatchObject({
      requested: 'being checked',
      checking: 'being checked',
      running: 'under way',
      held: 'waiting for an answer',
      'rolling-back': 'v1.0.0 is being put back',
      succeeded: 'live now',
      'rolled-back': 'failed, v1.0.0 is back',
      aborted: 'aborted, v1.0.0 is back',
      refused: 'not started, nothing was changed',
      expired: 'not approved in time, nothing was changed',
    });
    const asked = { changes: [], startsAt: 1, deadline: 1, askedAt: 1 };
    expect(wordOf({ ...inPhase('expired'), ownerAsked: asked })).toMatch(/^not started in time/u);
  });

  it('does not say how long something took that is not over', () => {
    expect(said(inPhase('running'))).not.toContain('took');
  });

  it.each(hostileTexts)('is taken where everything says %s', (_what, text) => {
    const plan = aPlan({ from: { [aRegion]: aLive({ version: text }) }, to: aRelease({ version: text }) });
    const deployment = { ...inPhase('rolled-back', { plan }), service: text, environment: text };
    const all = rows(5, deployment).map((row) => ({ ...row, title: text }));

    const message = historyMessage({ rows: all, filter: { service: 'checkout' }, next: 1, now: aMoment });

    expect(objections(message, { newBlocks: false })).toEqual([]);
  });

  it('says how much of the traffic a deployment under way has, and how long a rollback is instant', () => {
    const plan = aCanary();

    expect(wordOf(aDeployment(baking(plan, 25)))).toBe('under way, 25 % of traffic');
    expect(wordOf(aDeployment([...baking(plan, 25), { type: 'paused' }]))).toBe('paused, 25 % of traffic');
    expect(wordOf(aDeployment(baking(aCanary(['us-east-1', 'eu-west-1']), 25)))).toBe('under way');
    const waits: DeploymentEvent = { type: 'region-waiting', region: 'us-east-1', for: 'lock', why: 'x' };
    expect(wordOf(aDeployment([...baking(plan, 25), waits]))).toBe('waiting in us-east-1, 25 % of traffic');
    expect(wordOf(aDeployment(succeeded(plan)))).toMatch(
      /^live now, rollback instant until <!date\^1767690000\^/u,
    );
  });

  it('does not call a rollback instant once the time is over', () => {
    const deployment = aDeployment(succeeded(aCanary()));

    expect(said(deployment, aMoment + 86_399_000)).toContain('rollback instant until');
    expect(said(deployment, aMoment + 86_400_000)).not.toContain('instant');
  });
});
