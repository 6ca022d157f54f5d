import { describe, expect, it } from 'vitest';
import { evolveShipment } from '../../src/domain/evolve-shipment.ts';
import { isReady, isShipped } from '../../src/domain/shipment.ts';
import { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import { aMoment, aPerson } from '../builders.ts';
import { aHead, aShipment, aStanding, opened, shipmentEvents } from './shipment-builders.ts';

const started: ShipmentEvent = { type: 'check-started', check: 'Unit tests' };
const passed: ShipmentEvent = { type: 'check-passed', check: 'Unit tests', says: 'in 3 s' };
const failed: ShipmentEvent = {
  ...{ type: 'check-failed', check: 'Unit tests', says: 'it ended with 1' },
  ...{ tail: ['expected'], more: { command: 'npm test' } },
};
const seen: ShipmentEvent = { type: 'seen', standing: aStanding() };
const other = 'abad1dea'.padEnd(40, '0');

describe('a shipment', () => {
  it('begins by being checked', () => {
    expect(aShipment()).toMatchObject({
      ...{
        id: 'S1',
        branch: 'feature/banner',
        head: aHead,
        version: 1,
        checks: [],
        phase: { kind: 'checking' },
      },
      ...{ requestedBy: aPerson, requestedAt: aMoment },
    });
  });

  it('is nothing before it was asked for', () => {
    const [, first] = shipmentEvents(started);

    expect(first && evolveShipment(undefined, first)).toBeUndefined();
  });

  it('keeps why and what it takes back', () => {
    const [request] = shipmentEvents();
    if (request?.event.type !== 'requested') throw new Error('It was not asked for');
    const event = { ...request.event, reverts: 142 };

    expect(evolveShipment(undefined, { ...request, event, why: 'news' })).toMatchObject({
      why: 'news',
      reverts: 142,
    });
  });

  it('shows each check with its times and words', () => {
    const says = 'waits for a free place';
    expect(
      aShipment(started, { type: 'check-waiting', check: 'Unit tests', says, more: { url: 'https://x.y' } })
        .checks,
    ).toEqual([
      { name: 'Unit tests', state: 'running', startedAt: aMoment + 1000, says, more: { url: 'https://x.y' } },
    ]);
    expect(aShipment(started, { type: 'check-waiting', check: 'Unit tests', says }, passed).checks).toEqual([
      {
        name: 'Unit tests',
        state: 'passed',
        startedAt: aMoment + 1000,
        endedAt: aMoment + 3000,
        says: 'in 3 s',
      },
    ]);
    expect(aShipment(started, failed).checks).toEqual([
      {
        ...{ name: 'Unit tests', state: 'failed', startedAt: aMoment + 1000, endedAt: aMoment + 2000 },
        ...{ says: 'it ended with 1', tail: ['expected'], more: { command: 'npm test' } },
      },
    ]);
  });

  it('counts a check that it did not see begin from when it ended', () => {
    expect(aShipment({ type: 'check-failed', check: 'Lint', says: 'no' }).checks).toEqual([
      { name: 'Lint', state: 'failed', startedAt: aMoment + 1000, endedAt: aMoment + 1000, says: 'no' },
    ]);
  });

  it('is blocked by a check that failed, and does that one again when it is retried', () => {
    const lint: ShipmentEvent = { type: 'check-passed', check: 'Lint', says: 'fine' };

    expect(aShipment(lint, started, failed).phase).toEqual({
      kind: 'blocked',
      reason: 'it ended with 1',
      during: 'checking',
    });
    expect(aShipment(lint, started, failed, { type: 'retried' })).toMatchObject({
      phase: { kind: 'checking' },
      checks: [{ name: 'Lint' }],
    });
  });

  it('opens its pull request again when that did not work and is retried', () => {
    const blocked: ShipmentEvent = { type: 'blocked', reason: 'Forge may not' };

    expect(aShipment({ type: 'checked' }).phase).toEqual({ kind: 'opening' });
    expect(aShipment({ type: 'checked' }, blocked).phase).toEqual({
      kind: 'blocked',
      reason: 'Forge may not',
      during: 'opening',
    });
    expect(aShipment({ type: 'checked' }, blocked, { type: 'retried' }).phase).toEqual({ kind: 'opening' });
  });

  it('is not retried where nothing is blocked', () => {
    expect(aShipment(started, { type: 'retried' }).checks).toHaveLength(1);
  });

  it('is followed once its pull request is open', () => {
    expect(aShipment(opened)).toMatchObject({
      phase: { kind: 'following' },
      pull: { number: 12, openedAt: aMoment + 1000 },
    });
  });

  it('is ready when nothing is left but the merge', () => {
    expect(isReady(aShipment(opened))).toBe(false);
    expect(isReady(aShipment(opened, seen))).toBe(true);
    expect(isReady(aShipment(opened, { type: 'seen', standing: aStanding({ lacks: ['a review'] }) }))).toBe(
      false,
    );
    expect(isReady(aShipment(opened, { type: 'seen', standing: aStanding({ head: other }) }))).toBe(false);
    expect(isReady(aShipment(opened, seen, { type: 'troubled', reason: 'GitHub' }))).toBe(false);
    expect(
      isReady(aShipment(opened, seen, { type: 'troubled', reason: 'GitHub' }, { type: 'trouble-over' })),
    ).toBe(true);
    expect(isReady(aShipment(opened, seen, { type: 'merge-asked', head: aHead }))).toBe(false);
  });

  it('forgets all about a commit that is not the branch’s any more, and keeps its pull request', () => {
    const refused: ShipmentEvent = { type: 'merge-refused', reason: 'moved' };
    const moved = aShipment(passed, opened, seen, { type: 'merge-asked', head: aHead }, refused, {
      type: 'head-moved',
      head: other,
      isForced: true,
    });

    expect(moved).toMatchObject({
      head: other,
      headAt: aMoment + 6000,
      checks: [],
      phase: { kind: 'checking' },
      pull: { number: 12 },
    });
    expect(moved).not.toHaveProperty('standing');
    expect(moved).not.toHaveProperty('mergeRefused');
    expect(
      aShipment(opened, { type: 'head-moved', head: other, isForced: false }, { type: 'checked' }).phase,
    ).toEqual({ kind: 'following' });
  });

  it('is merged in the name of who said so', () => {
    const merged = aShipment(
      opened,
      seen,
      { type: 'merge-asked', head: aHead },
      { type: 'merged', commit: other },
    );

    expect(merged).toMatchObject({
      phase: { kind: 'deploying' },
      merged: { commit: other, by: aPerson, at: aMoment + 4000 },
    });
    expect(merged.merged).not.toHaveProperty('byHand');
  });

  it('is merged by hand in the name of who shipped it', () => {
    expect(aShipment(opened, { type: 'merged', commit: other, byHand: 'lena' }).merged).toEqual({
      ...{ commit: other, by: aPerson, at: aMoment + 2000, byHand: 'lena' },
    });
  });

  it('says why it was not merged until somebody says so again', () => {
    const ask: ShipmentEvent = { type: 'merge-asked', head: aHead };
    const refused: ShipmentEvent = { type: 'merge-refused', reason: 'a rule' };

    expect(aShipment(opened, seen, ask, refused)).toMatchObject({
      phase: { kind: 'following' },
      mergeRefused: 'a rule',
    });
    expect(aShipment(opened, seen, ask, refused, ask)).not.toHaveProperty('mergeRefused');
  });

  it('keeps where it was deployed, or why not', () => {
    const merged: ShipmentEvent = { type: 'merged', commit: other };
    const deployed: ShipmentEvent = { type: 'deployed', deployment: 7, isByItself: true };

    expect(aShipment(opened, merged, deployed, { type: 'finished' })).toMatchObject({
      ...{
        deployment: { number: 7, isByItself: true },
        phase: { kind: 'finished' },
        endedAt: aMoment + 4000,
      },
    });
    expect(aShipment(opened, merged, { type: 'not-deployed', reason: 'no image' }).notDeployed).toBe(
      'no image',
    );
  });

  it.each([
    [{ type: 'finished' }, 'finished'],
    [{ type: 'closed' }, 'closed'],
    [{ type: 'branch-gone' }, 'branch-gone'],
    [{ type: 'expired' }, 'expired'],
    [{ type: 'cancelled' }, 'cancelled'],
    [{ type: 'refused', reason: 'no' }, 'refused'],
  ] as const)('is over once it is %j', (event, kind) => {
    const over = aShipment(opened, event, { type: 'trouble-over' });

    expect(over).toMatchObject({ phase: { kind }, endedAt: aMoment + 2000 });
    expect(isShipped(over)).toBe(true);
  });

  it('has news for people only of what they see', () => {
    const quiet = aShipment(
      opened,
      { type: 'described', digest: 'd' },
      { type: 'troubled', reason: 'x' },
      { type: 'trouble-over' },
    );

    expect(quiet).toMatchObject({ described: 'd', changedAt: aMoment + 1000, version: 5 });
  });

  it('knows the run that works on it, which is no news for people', () => {
    const anew = aShipment(opened, { type: 'continued', run: 'ship/S1/2' });

    expect(anew).toMatchObject({ run: 'ship/S1/2', changedAt: aMoment + 1000, version: 3 });
    expect(aShipment(opened)).not.toHaveProperty('run');
  });

  it('goes nowhere where nothing is deployed from its base', () => {
    const [request] = shipmentEvents();
    if (request?.event.type !== 'requested') throw new Error('It was not asked for');
    const { environment: _environment, ...event } = request.event;

    expect(evolveShipment(undefined, { ...request, event })).not.toHaveProperty('environment');
  });

  it('is read back as it was kept', () => {
    for (const { event } of shipmentEvents(started, failed, opened, seen)) {
      expect(ShipmentEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
    }
  });

  it('is asked for once', () => {
    const [request] = shipmentEvents();
    const state = aShipment(opened);
    if (request === undefined) throw new Error('It was not asked for');

    expect(evolveShipment(state, { ...request, version: 9 })).toMatchObject({
      version: 9,
      phase: { kind: 'checking' },
    });
  });
});
