import { describe, expect, it } from 'vitest';
import { NEW_BLOCKS } from '../../../sandbox/slack/block-shapes.ts';
import { blockErrors, viewErrors } from '../../../sandbox/slack/validate.ts';
import { charactersAtMost, type Row } from './rules.ts';
import {
  actions,
  address,
  button,
  card,
  chart,
  container,
  context,
  dataTable,
  input,
  knowsAll,
  markup,
  modal,
  paragraph,
  picture,
  plain,
  plan,
  section,
  table,
  task,
  video,
} from './samples.ts';

const embeds = { newBlocks: true, scopes: ['links.embed:write'] };
const everywhere = ['message', 'modal', 'home'];

/** Every block, where it may stand, and whether it is one an older workspace does not know. */
const blocks: [block: { type: string }, surfaces: string[], age: 'old' | 'new'][] = [
  [section(), everywhere, 'old'],
  [{ type: 'header', ...{ text: plain() } }, everywhere, 'old'],
  [context(markup()), everywhere, 'old'],
  [actions(button()), everywhere, 'old'],
  [input(), everywhere, 'old'],
  [{ type: 'divider' }, everywhere, 'old'],
  [picture(), everywhere, 'old'],
  [paragraph(), everywhere, 'old'],
  [video(), everywhere, 'old'],
  [{ type: 'markdown', ...{ text: 'x' } }, ['message'], 'new'],
  [table(1), ['message', 'home'], 'new'],
  [dataTable(), ['message'], 'new'],
  [chart(), ['message'], 'new'],
  [plan(), ['message'], 'new'],
  [task(), ['message'], 'new'],
  [card(), everywhere, 'new'],
  [{ type: 'carousel', ...{ elements: [card()] } }, ['message', 'home'], 'new'],
  [container(), ['message', 'home'], 'new'],
  [{ type: 'alert', ...{ text: plain() } }, ['modal'], 'new'],
  [
    { type: 'context_actions', ...{ elements: [{ type: 'icon_button', icon: 'trash', text: plain() }] } },
    ['message'],
    'new',
  ],
];

function refusals(block: object, allowed = embeds): Record<string, string[]> {
  return {
    message: blockErrors([block], allowed),
    modal: viewErrors(modal({ submit: plain(), blocks: [block] }), 'modal', allowed),
    home: viewErrors({ type: 'home', blocks: [block] }, 'home', allowed),
  };
}

function unsupported(type: string): Record<string, string[]> {
  return {
    message: [`unsupported type: ${type} [json-pointer:/blocks/0/type]`],
    modal: [`unsupported type: ${type} [json-pointer:/view/blocks/0/type]`],
    home: [`unsupported type: ${type} [json-pointer:/view/blocks/0/type]`],
  };
}

describe('a block', () => {
  it.each(blocks.map(([block, surfaces]) => ({ block, surfaces })))(
    'stands only where it may: $block.type on $surfaces',
    ({ block, surfaces }) => {
      const refused = unsupported(block.type);

      const expected = Object.fromEntries(
        everywhere.map((surface) => [surface, surfaces.includes(surface) ? [] : refused[surface]]),
      );

      expect(refusals(block)).toEqual(expected);
    },
  );

  it('that is new is unknown to an older workspace, on every surface', () => {
    const newer = blocks.filter(([, , age]) => age === 'new').map(([block]) => block);

    expect(newer.map(({ type }) => type).sort()).toEqual([...NEW_BLOCKS].sort());
    expect(newer.map((block) => refusals(block, { newBlocks: false, scopes: [] }))).toEqual(
      newer.map(({ type }) => unsupported(type)),
    );
  });

  it('that is old is known to an older workspace too', () => {
    const older = blocks.filter(([, , age]) => age === 'old').map(([block]) => block);

    const allowed = { newBlocks: false, scopes: ['links.embed:write'] };

    expect(older.map((block) => refusals(block, allowed))).toEqual(
      older.map(() => ({ message: [], modal: [], home: [] })),
    );
  });
});

describe('an alert', () => {
  const alerting = (more: object) =>
    viewErrors(modal({ blocks: [{ type: 'alert', text: plain(), ...more }] }), 'modal', knowsAll);

  it('has at most 200 characters', () => {
    expect(alerting({ text: markup('x'.repeat(200)) })).toEqual([]);
    expect(alerting({ text: markup('x'.repeat(201)) })).toEqual([
      'failed to match all allowed schemas [json-pointer:/view/blocks/0/text]',
      'must be less than 201 characters [json-pointer:/view/blocks/0/text/text]',
    ]);
  });

  it('is default, info, warning, error or success', () => {
    const levels = ['default', 'info', 'warning', 'error', 'success'];

    expect(levels.flatMap((level) => alerting({ level }))).toEqual([]);
    expect(alerting({ level: 'danger' })).toEqual([
      'must be a valid enum value [json-pointer:/view/blocks/0/level]',
    ]);
  });
});

const videoRows: Row[] = [
  charactersAtMost('the title of a video', 199, (text) => video({ title: plain(text) }), '/title/text'),
  charactersAtMost(
    'the description of a video',
    199,
    (text) => video({ description: plain(text) }),
    '/description/text',
  ),
  charactersAtMost('the author of a video', 49, (text) => video({ author_name: text }), '/author_name'),
  charactersAtMost('the provider of a video', 50, (text) => video({ provider_name: text }), '/provider_name'),
  charactersAtMost(
    'the address of a video',
    3000,
    (text) => video({ video_url: address(text.length) }),
    '/video_url',
  ),
  [
    'a video comes over https',
    video(),
    video({ video_url: 'http://acme.test' }),
    '/video_url',
    'invalid url',
  ],
  [
    'a video’s title leads to https',
    video({ title_url: 'https://acme.test' }),
    video({ title_url: 'http://acme.test' }),
    '/title_url',
    'invalid url',
  ],
  [
    'a video has a picture Slack can fetch',
    video(),
    video({ thumbnail_url: 'http://localhost/x.png' }),
    '/thumbnail_url',
    'downloading image failed',
  ],
  [
    'a video says what it shows',
    video(),
    video({ alt_text: undefined }),
    '',
    'missing required field: alt_text',
  ],
];

describe('a video', () => {
  it.each(videoRows)('keeps the rule: %s', (_rule, inside, outside, at, message) => {
    expect(blockErrors([inside], embeds)).toEqual([]);
    expect(blockErrors([outside], embeds)).toEqual([`${message} [json-pointer:/blocks/0${at}]`]);
  });

  it('needs the scope links.embed:write', () => {
    expect(blockErrors([video()], knowsAll)).toEqual([
      'missing required scope: links.embed:write [json-pointer:/blocks/0]',
    ]);
  });
});
