import { describe, expect, it } from 'vitest';
import { forgeInSlack } from './forge-in-slack.ts';

const HOSTILE = [
  { what: 'a mention of the channel', typed: '<!channel>' },
  { what: 'an escaped mention of the channel', typed: '&lt;!channel&gt;' },
  { what: 'a mention of a person', typed: '<@U0SAM>' },
  { what: 'a link that says something else', typed: '<https://evil.test|acme.test>' },
  { what: 'backticks', typed: '```code``` `x`' },
  { what: 'zero-width characters', typed: 'a\u200Bb\u2060c' },
  { what: 'characters that turn the direction', typed: 'a\u202Egnp.exe' },
  { what: 'an unpaired surrogate', typed: 'a\uD83Db' },
  { what: '3,000 characters', typed: 'x'.repeat(3_000) },
  { what: 'a lot of emoji', typed: '🚀'.repeat(1_400) },
];

describe.each(HOSTILE)('$what', ({ typed }) => {
  it('in a reason is shown as text and mentions nobody', async () => {
    const world = await forgeInSlack();

    await world.types('maya', `deploy staging because ${typed}`);

    const message = await world.shows(1, 'is live on');
    expect(mentions(message.blocks)).toEqual(['<@U0MAYA>']);
    await world.types('maya', 'status');
    const answer = await world.told('maya', '## staging');
    expect(mentions(answer.blocks)).toEqual(['<@U0MAYA>']);
    expect(world.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('as a release is refused in words that mention nobody', async () => {
    const world = await forgeInSlack();

    await world.types('maya', `deploy api staging ${typed.split(' ')[0]}`);

    const answer = await world.told(
      'maya',
      /no release called|one word of letters|no service and no release/u,
    );
    expect(mentions(answer.blocks)).toEqual([]);
    expect(JSON.stringify(answer.blocks)).not.toMatch(/[\u202E\u200B]/u);
    expect(world.screen.deploymentMessages()).toEqual([]);
    expect(world.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('in a form is kept and asked with', async () => {
    const world = await forgeInSlack();

    await world.types('maya', `deploy api because ${typed}`);

    await world.form('maya');
    await world.answers('maya', { environment: 'staging' });
    const message = await world.shows(1, 'is live on');
    expect(mentions(message.blocks)).toEqual(['<@U0MAYA>']);
  });
});

describe('too much text', () => {
  it.each([3_001, 4_000])('of %i characters as a reason is refused with its length', async (length) => {
    const world = await forgeInSlack();

    await world.types('maya', `deploy staging because ${'x'.repeat(length)}`);

    await world.told('maya', `the reason has ${length} characters and may have 3000`);
    expect(world.screen.deploymentMessages()).toEqual([]);
  });
});

/** Everything Slack would turn into a mention or a link; dates are none. */
function mentions(blocks: unknown): string[] {
  const found = JSON.stringify(blocks).matchAll(/<(?!!date)[^>]*>/gu);
  return [...new Set([...found].map(([mention]) => mention))];
}
