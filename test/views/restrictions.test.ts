import { describe, expect, it } from 'vitest';
import { viewErrors } from '../../sandbox/slack/validate.ts';
import { decideStart } from '../../src/domain/start-times.ts';
import type { Telling } from '../../src/ports/announcements.ts';
import type { WhenAnswer } from '../../src/use-cases/when.ts';
import { freezeAnnouncement, lockAnnouncement } from '../../views/announcements.ts';
import { freezeList, freezePlacedMessage } from '../../views/freezes.ts';
import {
  lockChangedMessage,
  lockHandedOverMessage,
  lockList,
  lockPlacedMessage,
  lockProlongedMessage,
  lockReleasedMessage,
  lockTakenMessage,
} from '../../views/locks.ts';
import { EVERYWHERE, restrictionForm } from '../../views/restriction-form.ts';
import { timeQuestion } from '../../views/time-question.ts';
import { whenMessage } from '../../views/when.ts';
import { aPolicy } from '../builders.ts';
import { aFreeze, aLock, aStart } from '../domain/restriction-builders.ts';
import { hostileTexts } from './hostile.ts';
import { objections } from './rules.ts';

const freezeTellings = [
  'freeze-planned',
  'freeze-soon',
  'freeze-begins',
  'freeze-ended',
  'freeze-lifted',
] as const;
const lockTellings = [
  ...(['lock-placed', 'lock-prolonged', 'lock-handed-over'] as const),
  ...(['lock-ends-soon', 'lock-ended', 'lock-released'] as const),
] satisfies Telling[];
const now = aStart().at;
const by = { kind: 'person', userId: 'U0SAM', via: 'command' } as const;

function messagesAbout(reason: string) {
  const end = { at: now, by, why: reason };
  const freeze = aFreeze({ owner: 'U0SAM', reason, lifted: end });
  const lock = aLock({ owner: 'U0SAM', reason, released: end });
  const many = Array.from({ length: 12 }, (_, index) => index + 1);
  return [
    ...freezeTellings.map((tells) => freezeAnnouncement(tells, freeze)),
    ...lockTellings.map((tells) => lockAnnouncement(tells, lock)),
    freezePlacedMessage(freeze, now),
    freezeList(
      'Which one?',
      many.map((number) => ({ ...freeze, id: `F${number}` })),
      now,
    ),
    lockPlacedMessage(lock, 'U0MAYA'),
    lockList(
      'Which one?',
      many.map((number) => ({ ...lock, id: `L${number}` })),
    ),
    ...[lockProlongedMessage, lockHandedOverMessage, lockReleasedMessage, lockTakenMessage].map((view) =>
      view(lock),
    ),
    lockChangedMessage(lock, now),
    whenMessage(anAnswer(reason), now),
    timeQuestion({
      command: 'freeze',
      said: reason,
      zone: 'Europe/Berlin',
      options: [
        { label: 'one', value: {} },
        { label: 'the other', value: {} },
      ],
    }),
  ];
}

/** Ten regions, all of them held up for the same reason. */
function anAnswer(reason: string): WhenAnswer {
  const freezes = [aFreeze({ owner: 'U0SAM', reason })];
  const decision = decideStart(aStart({ freezes }), 'us-east-1');
  const regions = Array.from({ length: 10 }, (_, index) => ({
    ...{ region: `eu-west-${index}`, reached: now, decision, begins: now, ends: now },
  }));
  return {
    at: now,
    environment: 'production',
    regions,
    freezes,
    locks: Array(9).fill(aLock({ owner: 'U0SAM' })),
  };
}

describe('what is said of freezes and locks', () => {
  it.each(hostileTexts)(
    'is taken by Slack, and mentions nobody by itself, where the reason is %s',
    (_what, reason) => {
      expect(messagesAbout(reason).flatMap((message) => objections(message, { newBlocks: false }))).toEqual(
        [],
      );
    },
  );
});

describe('the end of somebody’s freeze or lock before its time', () => {
  const ended = (of: string) => {
    const end = { at: now, by };
    return [
      freezeAnnouncement('freeze-lifted', aFreeze({ owner: of, lifted: end })).text,
      lockAnnouncement('lock-released', aLock({ owner: of, released: end })).text,
    ];
  };

  it('calls whose it was where somebody else ended it', () => {
    expect(ended('U0MAYA')).toEqual([
      expect.stringMatching(/^<@U0MAYA>: your freeze of .* was ended early by <@U0SAM>\. What waited/u),
      expect.stringMatching(
        /^:unlock: <@U0MAYA>: your lock of .* was ended early by <@U0SAM>\. What waited/u,
      ),
    ]);
  });

  it('calls nobody else where they ended it themselves', () => {
    expect(ended('U0SAM')).toEqual([
      expect.stringMatching(/^The freeze of .* was ended early by <@U0SAM>\./u),
      expect.stringMatching(/^:unlock: The lock of .* was ended early by <@U0SAM>\./u),
    ]);
  });
});

describe('the form of a restriction', () => {
  it.each(hostileTexts)('is taken by Slack where the reason is %s', (_what, why) => {
    const content = {
      policy: aPolicy(),
      note: 'Until when?',
      why,
      from: now,
      until: now,
      hidden: { to: 'U0SAM' },
    };
    const forms = [
      restrictionForm({ command: 'freeze', ...content, environment: EVERYWHERE, service: 'checkout' }),
      restrictionForm({ command: 'lock', ...content }),
      restrictionForm({ command: 'lock', policy: aPolicy(), note: 'Until when?' }),
    ];

    const errors = forms.flatMap((form) => viewErrors(form, 'modal', { newBlocks: false, scopes: [] }));
    expect(errors).toEqual([]);
  });
});
