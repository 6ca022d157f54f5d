import { describe, expect, it } from 'vitest';
import { buttonsIn } from '../../sandbox/find-button.ts';
import { plainText } from '../../sandbox/plain-text.ts';
import { evolveShipment } from '../../src/domain/evolve-shipment.ts';
import type { Shipment } from '../../src/domain/shipment.ts';
import type { ShipmentEvent } from '../../src/domain/shipment-event.ts';
import { deploymentButtons } from '../../views/deployment-buttons.ts';
import { shipmentMessage } from '../../views/shipment-message.ts';
import { shipmentLine } from '../../views/shipment-thread.ts';
import { linked } from '../../views/shipment-words.ts';
import { aMoment, aPeoplePolicy } from '../builders.ts';
import { aHead, aShipment, aStanding, opened, shipmentEvents } from '../domain/shipment-builders.ts';
import { inPhase } from '../in-phase.ts';
import { hostileTexts } from './hostile.ts';
import { objections } from './rules.ts';

const merged: Extract<ShipmentEvent, { type: 'merged' }> = { type: 'merged', commit: aHead };
const ask: ShipmentEvent = { type: 'merge-asked', head: aHead };
const seen = (change: Parameters<typeof aStanding>[0] = {}): ShipmentEvent => ({
  type: 'seen',
  standing: aStanding(change),
});

/** Everything that may happen, in words of somebody else. */
function storiesIn(said: string): ShipmentEvent[][] {
  const pull: ShipmentEvent = { ...opened, title: said, notes: [said] };
  const standing = seen({
    checks: [
      { name: said, state: 'failed', url: `https://x.y/${said}` },
      { name: said, state: 'passed' },
    ],
    ...{ approvedBy: [said], changesWantedBy: [said], lacks: [said, said], needs: [said] },
  });
  const failed: ShipmentEvent = {
    type: 'check-failed',
    check: said,
    says: said,
    tail: said.split('\n'),
    more: { url: said },
  };
  return [
    [
      { type: 'check-started', check: said },
      { type: 'check-waiting', check: said, says: said },
    ],
    [failed, { type: 'retried' }],
    [
      { ...failed, more: { command: said } },
      { type: 'head-moved', head: aHead, isForced: true },
    ],
    [{ type: 'checked' }, { type: 'blocked', reason: said }],
    [pull, standing, { type: 'troubled', reason: said }, { type: 'trouble-over' }],
    [
      pull,
      { type: 'described', digest: 'd', refused: said },
      { type: 'continued', run: 'ship/S1/2', reason: said, detail: said },
    ],
    [pull, seen(), ask, { type: 'merge-refused', reason: said }],
    [pull, seen(), ask, merged, { type: 'deployed', deployment: 7, isByItself: true }, { type: 'finished' }],
    [
      pull,
      { ...merged, byHand: said },
      { type: 'not-deployed', reason: said.replaceAll(/<@U/gu, '<@ U') },
      { type: 'finished' },
    ],
    [pull, { type: 'cancelled' }],
    [{ type: 'refused', reason: said }],
    [pull, { type: 'closed' }],
    [{ type: 'branch-gone' }],
    [{ type: 'expired' }],
  ];
}

/** Each state on the way, and what the thread says of it. */
function told(events: readonly ShipmentEvent[], said?: string) {
  let state: Shipment | undefined;
  return shipmentEvents(...events).flatMap((recorded) => {
    const before = state;
    const request =
      recorded.event.type === 'requested' && said !== undefined
        ? { ...recorded, why: said, event: { ...recorded.event, branch: said, base: said } }
        : recorded;
    state = evolveShipment(state, request);
    if (state === undefined) return [];
    const line = shipmentLine(request, before, state);
    return [shipmentMessage(state, said ?? 'Checkout'), ...(line === undefined ? [] : [line])];
  });
}

/** Links to GitHub are ours. */
const withoutLinks = (message: ReturnType<typeof shipmentMessage>) =>
  JSON.parse(
    JSON.stringify(message).replaceAll(/<https:\/\/(?:github\.test|x\.y)\/[^\s<>|]*\|([^<>]*)>/gu, '$1'),
  );

describe('the message of a shipment', () => {
  it.each(hostileTexts)('and its thread are taken, and show %s as it is', (_, said) => {
    const problems = storiesIn(said).flatMap((events) =>
      told(events, said).flatMap((message) => objections(withoutLinks(message), { newBlocks: true })),
    );

    expect(problems).toEqual([]);
  });

  const words = (...events: ShipmentEvent[]) =>
    plainText(shipmentMessage(aShipment(...events), 'Checkout').blocks).join('\n');
  const buttons = (...events: ShipmentEvent[]) =>
    buttonsIn(shipmentMessage(aShipment(...events), 'Checkout').blocks).map(({ action_id, value }) => [
      action_id,
      JSON.parse(value ?? '{}'),
    ]);

  it.each([
    ['is checked', [], 'Being checked', ['unship']],
    [
      'is blocked',
      [{ type: 'check-failed', check: 'Lint', says: 'it ended with 1' }],
      'it ended with 1',
      ['recheck', 'unship'],
    ],
    ['is opened', [{ type: 'checked' }], 'being opened', ['unship']],
    ['is open', [opened], 'The pull request is open', ['unship']],
    [
      'waits',
      [opened, seen({ lacks: ['It waits for the approval.'] })],
      'It waits for the approval.',
      ['unship'],
    ],
    [
      'is held up',
      [opened, seen({ lacks: ['It is a draft.'], needs: ['It is a draft.'] })],
      'Something is in the way',
      ['unship'],
    ],
    ['is ready', [opened, seen()], 'Ready to be merged', ['merge', 'unship']],
    [
      'is in trouble',
      [opened, seen(), { type: 'troubled', reason: 'GitHub is silent' }],
      'nobody knows how it stands at the moment* / :warning: GitHub is silent.',
      ['unship'],
    ],
    ['is merged now', [opened, seen(), ask], 'Being merged', []],
    ['was merged', [opened, merged], 'its deployment comes next', []],
    [
      'is done',
      [opened, merged, { type: 'deployed', deployment: 7, isByItself: false }, { type: 'finished' }],
      'deployment #7 brings it to staging',
      [],
    ],
    [
      'is not deployed',
      [opened, merged, { type: 'not-deployed', reason: 'There is no image' }, { type: 'finished' }],
      'There is no image.',
      [],
    ],
    ['ends merged', [opened, merged, { type: 'finished' }], 'Merged', []],
    ['was closed', [opened, { type: 'closed' }], 'closed on GitHub', []],
    ['has lost its branch', [{ type: 'branch-gone' }], 'was deleted on GitHub', []],
    ['was cancelled', [opened, { type: 'cancelled' }], 'its pull request stays open', []],
    [
      'was cancelled while it was checked',
      [{ type: 'check-started', check: 'Lint' }, { type: 'cancelled' }],
      'stopped it*\n:heavy_minus_sign: Lint: stopped',
      [],
    ],
    ['cannot be', [{ type: 'refused', reason: 'nothing to ship' }], 'nothing to ship.', []],
    ['was forgotten', [{ type: 'expired' }], 'two weeks', []],
  ] as const)('says how it stands when it %s', (_, events, says, offered) => {
    expect(words(...events)).toContain(says);
    expect(buttons(...events).map(([command]) => command)).toEqual(offered);
  });

  it('has buttons that say which commit they were drawn for', () => {
    expect(buttons(opened, seen())).toEqual([
      ['merge', { shipment: 'S1', head: aHead }],
      ['unship', { shipment: 'S1' }],
    ]);
  });

  it('lists what did not pass on GitHub first, and counts what is too much', () => {
    const checks = Array.from({ length: 12 }, (_, index) => ({
      name: `c${index}`,
      state: index === 11 ? ('failed' as const) : ('passed' as const),
    }));

    expect(words(opened, seen({ checks }))).toMatch(
      /c11 on GitHub[\s\S]*c0 on GitHub[\s\S]*and 4 more checks/u,
    );
  });
});

describe('the thread of a shipment', () => {
  const line = (...events: ShipmentEvent[]) => {
    const all = shipmentEvents(...events);
    const last = all.at(-1);
    const before = aShipment(...events.slice(0, -1));
    return last === undefined ? undefined : shipmentLine(last, before, aShipment(...events))?.text;
  };

  it('calls who asked once when it is ready', () => {
    expect(line(opened, seen())).toContain('<@U0MAYA> It is ready');
    expect(line(opened, seen(), seen({ approvedBy: ['lena', 'ravi'] }))).toBeUndefined();
  });

  it('calls who asked for what is newly in the way, and not for what only takes time', () => {
    expect(line(opened, seen({ lacks: ['a review'] }))).toBeUndefined();
    expect(line(opened, seen({ lacks: ['It is a draft.'], needs: ['It is a draft.'] }))).toContain(
      '<@U0MAYA> It is a draft.',
    );
    const draft = seen({ lacks: ['It is a draft.'], needs: ['It is a draft.'] });
    expect(line(opened, draft, draft)).toBeUndefined();
  });

  it('tells a lost run once, and a description only where GitHub does not take it', () => {
    const run = 'ship/S1/2';
    const lost = line({
      type: 'continued',
      run,
      reason: 'Forge was updated',
      detail: 'Run ship/S1 is stuck.',
    });

    expect(lost).toBe(
      ':warning: <@U0MAYA> Forge was updated. It goes on by itself; nobody has to press anything.\nFor engineers: Run ship/S1 is stuck.',
    );
    expect(line({ type: 'continued', run })).toBeUndefined();
    expect(line(opened, { type: 'described', digest: 'd' })).toBeUndefined();
    expect(line(opened, { type: 'described', digest: 'd', refused: 'It may not' })).toContain('It may not.');
  });

  it('calls who asked where somebody has to mend something, and not where it passes by itself', () => {
    const silent: ShipmentEvent = { type: 'troubled', reason: 'GitHub is silent' };

    expect(line(opened, silent)).toBe(':warning: GitHub is silent.');
    expect(line(opened, { ...silent, needsSomebody: true })).toBe(':warning: <@U0MAYA> GitHub is silent.');
  });

  it('says how to deploy what is merged and was not', () => {
    expect(line(opened, merged, { type: 'not-deployed', reason: 'There is no image' })).toBe(
      ':warning: <@U0MAYA> It is merged, and not deployed. There is no image. Once that is settled, deploy it with `/forge deploy checkout staging c0ffee000000`.',
    );
    expect(line({ type: 'not-deployed', reason: 'There is no image' })).not.toContain('/forge deploy');
  });

  it('shows the end of what a check printed so that it cannot break out', () => {
    const text = line({
      type: 'check-failed',
      check: 'Unit',
      says: 'ended with 1',
      tail: ['```', '<!channel>'],
    });

    expect(text?.match(/```/gu)).toHaveLength(2);
    expect(text).toContain('&lt;!channel&gt;');
  });
});

describe('the button that takes a change back in the code', () => {
  const offered = (
    kind: 'rolled-back' | 'succeeded' | 'aborted',
    change: { undoes?: number } = {},
    canRevert = true,
  ) => {
    const deployment = { ...inPhase(kind), ...change };
    const blocks = deploymentButtons({
      deployment,
      title: 'Checkout',
      undoSeconds: 60,
      now: aMoment,
      people: aPeoplePolicy(),
      canRevert,
    });
    return buttonsIn(blocks).map(({ action_id }) => action_id);
  };

  it('is offered after a rollback, and where a release was put back', () => {
    expect(offered('succeeded', { undoes: 141 })).toEqual(['revert']);
    expect(offered('rolled-back')).toEqual(['revert']);
  });

  it('is not offered where nothing was taken back, or Forge does not talk to GitHub', () => {
    expect(offered('aborted')).toEqual([]);
    expect(offered('succeeded')).not.toContain('revert');
    expect(offered('rolled-back', {}, false)).toEqual([]);
    expect(offered('rolled-back', { undoes: 141 })).toEqual([]);
  });
});

describe('a link', () => {
  it.each([undefined, 'javascript:alert(1)', 'https://x.y/<a>|b', 'https://x.y/a b', 'http:'])(
    'is words alone where the address is %j',
    (url) => {
      expect(linked(url, 'words')).toBe('words');
    },
  );
});
