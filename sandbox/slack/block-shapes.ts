import { chartFields } from './chart-shape.ts';
import { ACCESSORIES, ACTIONS, button, INPUTS } from './element-shapes.ts';
import { LIMITS } from './limits.ts';
import { richText } from './rich-text-shapes.ts';
import {
  block,
  bool,
  integer,
  list,
  number,
  object,
  oneOf,
  type Scope,
  type Shape,
  type Surface,
  text,
  typed,
} from './shape.ts';
import { anyText, image, imageFields, oneImageSource, plainText } from './text-shapes.ts';

const blockId = { block_id: text({ max: LIMITS.blockId }) };

function shaped(type: string, required: Record<string, Shape>, optional: Record<string, Shape> = {}): Shape {
  return object({ type: oneOf(type), ...required }, { ...blockId, ...optional });
}

const section = object(
  { type: oneOf('section') },
  {
    ...blockId,
    text: anyText(LIMITS.textObject),
    fields: list(anyText(LIMITS.fieldText), { min: 1, max: LIMITS.fields }),
    accessory: typed(() => ({ image, ...ACCESSORIES })),
    expand: bool,
  },
  (value) =>
    value.text === undefined && value.fields === undefined
      ? 'must define either `text` or `fields`'
      : undefined,
);

const context = shaped('context', {
  elements: list(
    typed(() => ({
      image,
      plain_text: plainText(LIMITS.textObject),
      mrkdwn: object({ type: oneOf('mrkdwn'), text: text({ max: LIMITS.textObject }) }, { verbatim: bool }),
    })),
    { min: 1, max: LIMITS.contextElements },
  ),
});

const input = object(
  { type: oneOf('input'), label: plainText(LIMITS.inputLabel), element: typed(() => INPUTS) },
  { ...blockId, hint: plainText(LIMITS.inputLabel), optional: bool, dispatch_action: bool },
);

const cell = typed(() => ({
  raw_text: object({ type: oneOf('raw_text'), text: text() }),
  raw_number: object({ type: oneOf('raw_number'), value: number }, { text: text() }),
  rich_text: richText,
}));

const table = shaped(
  'table',
  { rows: list(list(cell, { min: 1, max: LIMITS.tableCells }), { min: 1, max: LIMITS.tableRows }) },
  {
    column_settings: list(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: bool }), {
      max: LIMITS.tableCells,
    }),
  },
);

function taskCard(...statuses: string[]): Shape {
  return shaped(
    'task_card',
    { task_id: text(), title: text(), status: oneOf(...statuses) },
    {
      details: richText,
      output: richText,
      sources: list(object({ type: oneOf('url'), url: text({ max: LIMITS.buttonUrl }), text: text() })),
    },
  );
}

// A card may wait only inside a plan: by itself Slack refuses `pending`.
const TASK = { task_card: taskCard('pending', 'in_progress', 'complete', 'error') };
const plan = shaped(
  'plan',
  { title: text() },
  { tasks: list(block(() => TASK)), status: oneOf('pending', 'in_progress', 'complete', 'error') },
);

const card = object(
  { type: oneOf('card') },
  {
    ...blockId,
    hero_image: image,
    icon: image,
    title: anyText(LIMITS.cardTitle),
    subtitle: anyText(LIMITS.cardTitle),
    body: anyText(LIMITS.cardBody),
    subtext: anyText(LIMITS.cardBody),
    actions: list(
      typed(() => ({ button })),
      { min: 1, max: LIMITS.cardButtons },
    ),
  },
  (value) =>
    ['hero_image', 'title', 'actions', 'body'].some((field) => value[field] !== undefined)
      ? undefined
      : 'must define at least one of `hero_image`, `title`, `actions` or `body`',
);

const actions = shaped('actions', {
  elements: list(
    typed(() => ACTIONS),
    { min: 1, max: LIMITS.actionsElements },
  ),
});
const divider = shaped('divider', {});
// The documents list more blocks inside a container; the live validator is told to refuse them.
const CHILDREN = { section, context, divider, actions, table };
const container = shaped(
  'container',
  {
    child_blocks: list(
      block(() => CHILDREN),
      { min: 1, max: LIMITS.containerBlocks },
    ),
  },
  {
    title: plainText(LIMITS.containerTitle),
    subtitle: anyText(LIMITS.containerTitle),
    width: oneOf('narrow', 'standard', 'wide', 'full'),
    icon: image,
    is_collapsible: bool,
    default_collapsed: bool,
    has_header_divider: bool,
  },
);

type Entry = { readonly on: readonly Surface[]; readonly shape: Shape; readonly isNew?: true };
const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];

/** Every block, where it may stand, and whether an older workspace does not know it. */
const BLOCKS: Readonly<Record<string, Entry>> = {
  section: { on: EVERYWHERE, shape: section },
  header: {
    on: EVERYWHERE,
    shape: shaped('header', { text: plainText(LIMITS.headerText) }, { level: integer({ min: 1, max: 4 }) }),
  },
  context: { on: EVERYWHERE, shape: context },
  actions: { on: EVERYWHERE, shape: actions },
  input: { on: EVERYWHERE, shape: input },
  divider: { on: EVERYWHERE, shape: divider },
  image: {
    on: EVERYWHERE,
    shape: object(
      { type: oneOf('image'), alt_text: text({ max: LIMITS.altText }) },
      { ...blockId, ...imageFields, title: plainText(LIMITS.altText) },
      oneImageSource,
    ),
  },
  rich_text: { on: EVERYWHERE, shape: richText },
  markdown: { on: ['message'], shape: shaped('markdown', { text: text() }), isNew: true },
  table: { on: ['message', 'home'], shape: table, isNew: true },
  plan: { on: ['message'], shape: plan, isNew: true },
  task_card: { on: ['message'], shape: taskCard('in_progress', 'complete', 'error'), isNew: true },
  card: { on: EVERYWHERE, shape: card, isNew: true },
  container: { on: ['message', 'home'], shape: container, isNew: true },
  data_visualization: { on: ['message'], shape: shaped('data_visualization', chartFields), isNew: true },
  alert: {
    on: ['modal'],
    shape: shaped(
      'alert',
      { text: anyText(LIMITS.alertText) },
      { level: oneOf('default', 'info', 'warning', 'error', 'success') },
    ),
    isNew: true,
  },
};

export const anyBlock: Shape = block(shapesFor);

function shapesFor(scope: Scope): Record<string, Shape> {
  const known = Object.entries(BLOCKS).filter(
    ([, entry]) => entry.on.includes(scope.surface) && (scope.newBlocks || entry.isNew !== true),
  );
  return Object.fromEntries(known.map(([type, entry]) => [type, entry.shape]));
}
