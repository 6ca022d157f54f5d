import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import type { DeploymentSummary } from '../../src/ports/store.ts';
import { historyMessage } from '../../views/history.ts';
import { aMoment } from '../builders.ts';
import { phaseKinds } from '../in-phase.ts';
import { hostileTexts } from './hostile.ts';
import { objections, readableIn } from './rules.ts';

function aSummary(change: Partial<DeploymentSummary> = {}): DeploymentSummary {
  return {
    number: 142,
    service: 'checkout',
    environment: 'production',
    phase: 'succeeded',
    version: 'v1.1.0',
    requestedAt: aMoment,
    endedAt: aMoment + 125_000,
    ...change,
  };
}

const rows = (count: number, change: Partial<DeploymentSummary> = {}) =>
  Array.from({ length: count }, (_, index) => aSummary({ number: 142 - index, ...change }));

describe('the history', () => {
  it('says of each deployment what, where, how it ended and how long it took', () => {
    const message = historyMessage({ rows: rows(1), filter: {} });

    expect(readableIn(message.blocks)).toContain(
      '*#142* v1.1.0 → checkout in production: succeeded\n<!date^1767603600^{date_short_pretty} {time}|2026-01-05 09:00 UTC>, took 2 min 5 s',
    );
  });

  it.each([
    [{}, 'Deployments'],
    [{ service: 'checkout' }, 'Deployments of checkout'],
    [{ environment: 'staging' }, 'Deployments in staging'],
    [{ service: 'checkout', environment: 'staging' }, 'Deployments of checkout in staging'],
  ])('says what it lists: %o', (filter, title) => {
    expect(historyMessage({ rows: rows(1), filter }).text).toBe(title);
  });

  it('opens each deployment by its row', () => {
    const buttons = buttonsIn(historyMessage({ rows: rows(2), filter: {} }).blocks);

    expect(buttons).toMatchObject([
      { action_id: 'status', value: '{"deployment":142}' },
      { action_id: 'status', value: '{"deployment":141}' },
    ]);
  });

  it('goes on where there are older ones, and says where there are none', () => {
    const older = historyMessage({ rows: rows(10), filter: { service: 'checkout' }, next: 133 });
    const all = historyMessage({ rows: rows(10), filter: {} });

    expect(buttonsIn(older.blocks).at(-1)).toMatchObject({
      action_id: 'history',
      text: { text: 'Older' },
      value: '{"service":"checkout","before":133}',
    });
    expect(readableIn(all.blocks).at(-1)).toBe('That is all.');
  });

  it('says how to make the first one', () => {
    const message = historyMessage({ rows: [], filter: { environment: 'staging' } });

    expect(message.text).toBe('Deployments in staging: there are none yet. `/forge deploy` makes the first.');
    expect(objections(message, { newBlocks: false })).toEqual([]);
  });

  it('has words of its own for every way a deployment can stand', () => {
    const words = phaseKinds.map((phase) => {
      const said = readableIn(historyMessage({ rows: [aSummary({ phase })], filter: {} }).blocks)[1] ?? '';
      return /: ([a-z ,]+)\n/.exec(said)?.[1];
    });

    expect(words).toEqual([
      'being checked',
      'being checked',
      'under way',
      'waiting for an answer',
      'being put back',
      'succeeded',
      'failed, put back',
      'aborted',
      'not started',
    ]);
  });

  it('does not say how long something took that is not over', () => {
    const { endedAt: _none, ...running } = aSummary({ phase: 'running' });

    expect(JSON.stringify(historyMessage({ rows: [running], filter: {} }))).not.toContain('took');
  });

  it.each(hostileTexts)('is taken where everything says %s', (_what, said) => {
    const all = rows(10, { version: said, service: said, environment: said });

    const message = historyMessage({ rows: all, filter: { service: 'checkout' }, next: 1 });

    expect(objections(message, { newBlocks: false })).toEqual([]);
  });
});
