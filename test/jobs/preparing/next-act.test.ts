import { describe, expect, it } from 'vitest';
import type { Act } from '../../../jobs/preparing/act.ts';
import { LOOK_EVERY, type Looks, nextAct, noLooks } from '../../../jobs/preparing/next-act.ts';
import type { Situation } from '../../../jobs/preparing/situation.ts';
import { aScheduled, aSituation, minute, now, open, toAsk } from './a-situation.ts';

const justLooked: Looks = { next: now + LOOK_EVERY, last: now };
const look: Act = { kind: 'look' };
const leave: Act = { kind: 'leave' };
const waitsUntil = (until: number | null): Act => ({ kind: 'wait', until });
const tells = (...types: string[]) => ({ kind: 'tell', events: types.map((type) => ({ type })) });
const frozen = { kind: 'must-wait', for: 'freeze', why: 'It is frozen.', until: now + 9 * minute } as const;
const saysFrozen = { for: 'freeze', why: 'It is frozen.', until: now + 9 * minute };
const asked = { kind: 'open', deadline: now + 10 * minute, isProblem: false } as const;
const saysOwner = {
  for: 'owner',
  why: 'It is not as it was scheduled, so its owner must say that it may start all the same.',
  until: now + 10 * minute,
};

describe('the next act of preparing a deployment', () => {
  it.each<[string, Situation, object]>([
    ['has begun or ended', aSituation({ isOver: true }), leave],
    ['is new', aSituation({ isNew: true }), tells('checking')],
    ['was never looked at', aSituation(), look],
    ['is to be approved', aSituation({ standing: toAsk }), look],
    ['is approved', aSituation({ standing: { kind: 'approved' }, isPatient: true }), look],
    [
      'was not approved in time',
      aSituation({ standing: { kind: 'expired', open: open.open } }),
      tells('expired'),
    ],
    ['got no answer of its owner', aScheduled(0, { owner: { kind: 'over', reason: 'x' } }), tells('expired')],
    ['may not start yet, which nobody knows', aSituation({ start: frozen }), look],
    [
      'waits for its time and says so',
      aSituation({ start: frozen, waitsFor: saysFrozen }),
      waitsUntil(now + 9 * minute),
    ],
    [
      'waits for another time than it says',
      aSituation({ start: frozen, waitsFor: { ...saysFrozen, until: null } }),
      tells('waiting'),
    ],
    [
      'waits for what may be something else before it is over',
      aSituation({ start: { ...frozen, lookAgainAt: now + minute }, waitsFor: saysFrozen }),
      waitsUntil(now + minute),
    ],
    ['has waited for its time, which has come', aSituation({ waitsFor: saysFrozen, isPatient: true }), look],
  ])('of one that %s', (_name, situation, act) => {
    expect(nextAct(situation, noLooks)).toMatchObject(act);
  });

  describe('while people decide', () => {
    const asking = (change: Partial<Situation> = {}) =>
      aSituation({ standing: open, isPatient: true, ...change });

    it.each<[string, Situation, Looks, object]>([
      ['looks, when it begins', asking(), noLooks, look],
      ['waits for votes until the next look', asking(), justLooked, waitsUntil(now + LOOK_EVERY)],
      ['looks, when that is due', asking(), { next: now, last: now - LOOK_EVERY }, look],
      [
        'waits no longer than people have',
        asking({ standing: { ...open, deadline: now + minute } }),
        justLooked,
        waitsUntil(now + minute),
      ],
      [
        'waits until they are to be reminded',
        asking({ standing: { ...open, remindAt: now + 2 * minute } }),
        justLooked,
        waitsUntil(now + 2 * minute),
      ],
      [
        'reminds them then',
        asking({ standing: { ...open, remindAt: now } }),
        justLooked,
        tells('approval-reminded'),
      ],
      [
        'waits without a look while another deployment changes what is live',
        asking({ other: 7 }),
        noLooks,
        waitsUntil(now + LOOK_EVERY),
      ],
      [
        'looks a quarter of an hour before its time, however lately it did',
        aScheduled(14 * minute, { standing: open }),
        { next: now + LOOK_EVERY, last: now - 2 * minute },
        look,
      ],
    ])('%s', (_name, situation, looks, act) => {
      expect(nextAct(situation, looks)).toMatchObject(act);
    });
  });

  describe('while another deployment has the service', () => {
    const inLine = { for: 'deployment', why: '#7 of the same service is under way there.', until: null };
    const approved = { other: 7, standing: { kind: 'approved' }, isPatient: true } as const;

    it.each<[string, Situation, object]>([
      ['says so', aSituation(approved), tells('waiting')],
      ['waits in line', aSituation({ ...approved, waitsFor: inLine }), { kind: 'wait-in-line' }],
      [
        'says so anew where it is another one',
        aSituation({
          ...approved,
          waitsFor: { ...inLine, why: '#6 of the same service is under way there.' },
        }),
        tells('waiting'),
      ],
      ['asks nobody yet', aSituation({ other: 7, standing: toAsk }), tells('waiting')],
      ['goes on where nobody has waited for it, and is told who was first', aSituation({ other: 7 }), look],
      [
        'waits for its own time where that is far away',
        aScheduled(60 * minute, { other: 7 }),
        waitsUntil(now + 45 * minute),
      ],
    ])('%s', (_name, situation, act) => {
      expect(nextAct(situation, noLooks)).toMatchObject(act);
    });
  });

  describe('of one that is scheduled', () => {
    it.each<[string, Situation, Looks, object]>([
      [
        'waits until a quarter of an hour before',
        aScheduled(60 * minute),
        justLooked,
        waitsUntil(now + 45 * minute),
      ],
      ['looks then', aScheduled(15 * minute), { next: now + LOOK_EVERY, last: now - minute }, look],
      [
        'waits for its time after that',
        aScheduled(14 * minute),
        { ...justLooked, last: now - 30_000 },
        waitsUntil(now + 14 * minute),
      ],
      ['looks at its time', aScheduled(0, { waitsFor: saysFrozen }), justLooked, look],
      [
        'asks its owner',
        aScheduled(10 * minute, {
          owner: { kind: 'to-ask', changes: ['x'], deadline: now + 1, startsAt: now },
        }),
        justLooked,
        tells('owner-asked'),
      ],
      [
        'waits for its owner',
        aScheduled(10 * minute, { owner: asked, waitsFor: saysOwner }),
        noLooks,
        waitsUntil(now + 10 * minute),
      ],
      [
        'says that it waits for its owner',
        aScheduled(10 * minute, { owner: asked }),
        justLooked,
        tells('waiting'),
      ],
      [
        'reminds its owner',
        aScheduled(10 * minute, { owner: { ...asked, remindAt: now } }),
        justLooked,
        tells('owner-reminded'),
      ],
      [
        'reminds its owner also while votes are missing',
        aScheduled(10 * minute, { owner: { ...asked, remindAt: now }, standing: open }),
        justLooked,
        tells('owner-reminded'),
      ],
      [
        'waits for votes before it waits for its owner',
        aScheduled(10 * minute, { owner: asked, standing: open }),
        justLooked,
        waitsUntil(now + LOOK_EVERY),
      ],
      [
        'looks again in a while at what keeps it from starting',
        aScheduled(10 * minute, { owner: { ...asked, isProblem: true }, waitsFor: saysOwner }),
        justLooked,
        waitsUntil(now + LOOK_EVERY),
      ],
      [
        'looks when that while is over',
        aScheduled(10 * minute, { owner: { ...asked, isProblem: true }, waitsFor: saysOwner }),
        { next: now, last: now - LOOK_EVERY },
        look,
      ],
      [
        'waits with what keeps it from starting before it asks people',
        aScheduled(10 * minute, { owner: { ...asked, isProblem: true }, standing: toAsk }),
        justLooked,
        tells('waiting'),
      ],
    ])('%s', (_name, situation, looks, act) => {
      expect(nextAct(situation, looks)).toMatchObject(act);
    });
  });
});
