import {
  actions,
  alert,
  context,
  contextActions,
  divider,
  header,
  imageBlock,
  input,
  markdown,
  section,
} from './basic-block-shapes.ts';
import { block } from './block-shape.ts';
import { card, carousel } from './card-shapes.ts';
import { chartFields } from './chart-shape.ts';
import { LIMITS } from './limits.ts';
import { richText } from './rich-text-shapes.ts';
import {
  bool,
  list,
  notBoth,
  oneOf,
  type Scope,
  type Shape,
  type Shapes,
  type Surface,
  typed,
} from './shape.ts';
import { dataTable, table } from './table-shapes.ts';
import { plan, taskCard } from './task-shapes.ts';
import { anyText, image, plainText } from './text-shapes.ts';
import { video } from './video-shape.ts';

// The documents list more blocks inside a container; the live validator is told to refuse them.
const CHILDREN = { section, context, divider, actions, table };

const container = block(
  'container',
  {
    child_blocks: list(
      typed(() => CHILDREN),
      { min: 1, max: LIMITS.containerBlocks },
    ),
  },
  {
    title: plainText(LIMITS.containerTitle),
    rich_text_title: richText,
    subtitle: anyText(LIMITS.containerTitle),
    width: oneOf('narrow', 'standard', 'wide', 'full'),
    icon: image,
    is_collapsible: bool,
    default_collapsed: bool,
    has_header_divider: bool,
  },
  notBoth('title', 'rich_text_title'),
);

type Entry = { readonly on: readonly Surface[]; readonly shape: Shape; readonly isNew?: true };
const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];
const MESSAGE_AND_HOME: readonly Surface[] = ['message', 'home'];

/**
 * Every block an app may send, where it may stand, and whether an older workspace does not know it. `file` is not
 * here: Slack shows it and takes it from nobody.
 */
const BLOCKS: Readonly<Record<string, Entry>> = {
  section: { on: EVERYWHERE, shape: section },
  header: { on: EVERYWHERE, shape: header },
  context: { on: EVERYWHERE, shape: context },
  actions: { on: EVERYWHERE, shape: actions },
  input: { on: EVERYWHERE, shape: input },
  divider: { on: EVERYWHERE, shape: divider },
  image: { on: EVERYWHERE, shape: imageBlock },
  rich_text: { on: EVERYWHERE, shape: richText },
  video: { on: EVERYWHERE, shape: video },
  markdown: { on: ['message'], shape: markdown, isNew: true },
  table: { on: MESSAGE_AND_HOME, shape: table, isNew: true },
  data_table: { on: ['message'], shape: dataTable, isNew: true },
  data_visualization: { on: ['message'], shape: block('data_visualization', chartFields), isNew: true },
  plan: { on: ['message'], shape: plan, isNew: true },
  task_card: { on: ['message'], shape: taskCard, isNew: true },
  card: { on: EVERYWHERE, shape: card, isNew: true },
  carousel: { on: MESSAGE_AND_HOME, shape: carousel, isNew: true },
  container: { on: MESSAGE_AND_HOME, shape: container, isNew: true },
  alert: { on: ['modal'], shape: alert, isNew: true },
  context_actions: { on: ['message'], shape: contextActions, isNew: true },
};

export const anyBlock: Shape = typed(shapesFor);

/** The types an older workspace does not know. */
export const NEW_BLOCKS: readonly string[] = Object.keys(BLOCKS).filter((type) => BLOCKS[type]?.isNew);

function shapesFor(scope: Scope): Shapes {
  const known = Object.entries(BLOCKS).filter(
    ([, entry]) => entry.on.includes(scope.surface) && (scope.newBlocks || entry.isNew !== true),
  );
  return Object.fromEntries(known.map(([type, entry]) => [type, entry.shape]));
}
