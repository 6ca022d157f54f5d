import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { viewErrors } from '../../sandbox/slack/validate.ts';
import { anyText } from '../views/arbitrary-text.ts';
import { foreignMarkup, markupIn, objections } from '../views/rules.ts';
import { type Answer, TestDesk } from './front-desk.ts';

const word = fc.constantFrom(
  ...[
    'api',
    'billing-worker',
    'staging',
    'production',
    'playground',
    'stagin',
    'v1.0.0',
    'v9',
    'main',
    'b'.repeat(7),
  ],
  ...[
    '#1',
    '1',
    '#7',
    '<#C0NUMBER|1>',
    'canary',
    'blue-green',
    'emergency',
    'rolling',
    'us-east-1',
    'to',
    '`v1.1.0`',
    '“staging”',
    '\u0000',
  ],
  ...['<@U0EVIL|sam>', '&lt;@U0EVIL&gt;', '&lt;!channel&gt;', '<!here>', 'x'.repeat(120), '&amp;'.repeat(90)],
);
const words = fc.array(fc.oneof({ weight: 4, arbitrary: word }, { weight: 1, arbitrary: anyText }), {
  maxLength: 5,
});
const first = fc.constantFrom(...Object.keys(commands), 'undo', 'promote', 'help', 'deplyo', '');
const line = fc.tuple(first, words, fc.option(anyText, { nil: undefined })).map(([command, rest, why]) => {
  const because = why === undefined ? '' : ` because ${why}`;
  return `${command} ${rest.join(' ')}${because}`;
});

/** Everything Slack or a reader could object to in an answer; channels of the policy may be named. */
function objectionsTo({ text, blocks, form }: Answer): string[] {
  if (form !== undefined) {
    return [
      ...viewErrors(form, 'modal', { newBlocks: true, scopes: [] }),
      ...markupIn(form.blocks).flatMap((markup) => foreignMarkup(markup)),
    ];
  }
  const message = JSON.stringify({ text, blocks }).replaceAll(/<#C0[A-Z]+>/gu, 'a channel');
  return objections(JSON.parse(message), { newBlocks: true });
}

describe('whatever a person types', () => {
  it('is answered with something Slack takes, and is never a fault of Forge’s', async () => {
    const desk = new TestDesk();
    await desk.succeeded('v1.1.0');

    await fc.assert(
      fc.asyncProperty(line, async (typed) => {
        const answer = await desk.types(typed);

        expect(objectionsTo(answer)).toEqual([]);
        expect(desk.lines.filter(({ level }) => level === 'error')).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('is answered so too where Slack opens no form in time', async () => {
    const desk = new TestDesk();
    await desk.succeeded('v1.1.0');
    desk.opening = 'expired';

    await fc.assert(
      fc.asyncProperty(line, async (typed) => {
        const { text, blocks } = await desk.types(typed);

        expect(objectionsTo({ words: '', text, blocks, form: undefined })).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
