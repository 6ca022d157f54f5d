import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewErrors } from '../../sandbox/slack/validate.ts';
import type { ServiceStatus } from '../../src/use-cases/status.ts';
import { plainMessage } from '../../views/blocks.ts';
import { historyMessage } from '../../views/history.ts';
import { closedHomeView } from '../../views/home.ts';
import { statusMessage } from '../../views/status.ts';
import { refusal } from '../../views/text.ts';
import { aLive, aMoment, anEnvironmentPolicy, aPeoplePolicy, aServicePolicy } from '../builders.ts';
import { anyStory, toldBy } from './arbitrary-story.ts';
import { anyName, anyText } from './arbitrary-text.ts';
import { aHome } from './home-content.ts';
import { foreignMarkup, markupIn, objections } from './rules.ts';
import { messageOf, workspaces } from './shapes.ts';
import { threadOf } from './thread-reading.ts';

/** Everything Slack or a reader could object to in a Home. */
function objectionsToHome(view: { blocks: unknown[] }): string[] {
  return [
    ...viewErrors(view, 'home', { newBlocks: false, scopes: [] }),
    ...(Buffer.byteLength(JSON.stringify(view)) > 250_000 ? ['too large'] : []),
    ...markupIn(view.blocks).flatMap(foreignMarkup),
  ];
}

describe('whatever happened and whatever was said', () => {
  it('the message is taken in every workspace, and names its deployment where it is only read out', () => {
    fc.assert(
      fc.property(anyStory, fc.nat(1e9), ({ title, events }, later) => {
        const deployment = toldBy(events);

        for (const workspace of workspaces) {
          const { unsupported } = workspace;
          const message = messageOf(deployment, {
            title,
            unsupported,
            now: aMoment + later,
            undoSeconds: later,
          });

          expect(objections(message, workspace)).toEqual([]);
          expect(message.text).toMatch(/\p{L}{4}.*\(#142\)$/u);
        }
      }),
    );
  });

  it('every line of the thread is taken', () => {
    fc.assert(
      fc.property(anyStory, ({ title, events }) => {
        const policy = aPeoplePolicy({ everyone: 'deployer', roles: { 'release-manager': ['U0SAM'] } });
        const people = { title, admins: ['U0SAM', 'U0MAYA'], commanders: ['S0ONCALL'], policy };
        const problems = threadOf(events, people).flatMap((line) => objections(line, { newBlocks: false }));

        expect(problems).toEqual([]);
      }),
    );
  });

  it('the history is taken', () => {
    const filter = fc.record({ service: anyName, environment: anyName }, { requiredKeys: [] });
    const page = fc.record(
      { rows: fc.array(anyStory, { maxLength: 5 }), filter, next: fc.nat() },
      { requiredKeys: ['rows', 'filter'] },
    );

    fc.assert(
      fc.property(page, ({ rows, filter: wanted, next }) => {
        const shown = rows.map(({ title, events }) => ({ title, deployment: toldBy(events) }));

        const message = historyMessage({
          rows: shown,
          filter: wanted,
          now: aMoment,
          ...(next === undefined ? {} : { next }),
        });

        expect(objections(message, { newBlocks: false })).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

const status: fc.Arbitrary<ServiceStatus> = fc
  .record({
    name: anyName,
    title: anyText,
    environment: anyName,
    said: anyText,
    regions: fc.array(fc.record({ region: anyText, version: anyText, isLive: fc.boolean() }), {
      maxLength: 4,
    }),
    last: fc.option(anyStory, { nil: undefined }),
    running: fc.option(anyStory, { nil: undefined }),
    waiting: fc.array(anyStory, { maxLength: 5 }),
  })
  .map(({ name, title, environment, said, regions, last, running, waiting }) => ({
    service: aServicePolicy({ name, title }),
    environment: anEnvironmentPolicy({ name: environment }),
    regions: regions.map(({ region, version, isLive }) =>
      isLive
        ? { kind: 'live' as const, region, live: aLive({ version }) }
        : { kind: 'unknown' as const, region, reason: said },
    ),
    last: last && toldBy(last.events),
    running: running && toldBy(running.events),
    waiting: waiting.map(({ events }) => toldBy(events)),
  }));

describe('whatever runs where', () => {
  it('the status is taken, however many services there are', () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 4 }), fc.constantFrom(1, 12), (few, times) => {
        const statuses = Array.from({ length: times }, () => few).flat();

        expect(objections(statusMessage(statuses, aMoment), { newBlocks: false })).toEqual([]);
        expect(objectionsToHome(aHome(statuses))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('whatever a refusal says', () => {
  it('it is taken as an answer and as a Home', () => {
    const sentence = anyText.map((text) => `There is no service called “${text}”. Nothing was done.`);

    fc.assert(
      fc.property(sentence, (text) => {
        const answer = plainMessage(refusal(text));
        const withoutPeople = JSON.stringify(answer).replaceAll(/<@[UW][A-Z0-9]+>/gu, '');

        expect(objections(JSON.parse(withoutPeople), { newBlocks: false })).toEqual([]);
        expect(viewErrors(closedHomeView(refusal(text)), 'home', { newBlocks: false, scopes: [] })).toEqual(
          [],
        );
      }),
    );
  });
});
