import type { BlockContext } from '../blocks/context.ts';
import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asObject, asObjects, asText } from '../json.ts';
import { textOf } from '../text/draw-text.ts';
import type { ElementPlace } from './control.ts';
import { accessibleAttributes, drawControl } from './control.ts';
import { reportChange } from './report-change.ts';

type SelectOption = { value: string; label: string; description: string };
export type SelectGroup = { label: string | undefined; options: SelectOption[] };

/** A drop-down for one choice: static, or over the workspace's people or channels. */
export function drawSelect(source: Json, place: ElementPlace, context: BlockContext): HTMLElement {
  const initial = initialValues(source)[0];
  const placeholder = textOf(source.placeholder) || 'Choose an option';
  const choices = selectGroups(source, context).map((group) => drawGroup(group, initial));
  const empty = element('option', { value: '', selected: initial === undefined }, [placeholder]);
  const select = element('select', { class: 'field', ...accessibleAttributes(place, placeholder) }, [
    empty,
    ...choices.flat(),
  ]);
  reportChange(select, 'change', { source, place, context });
  return drawControl('one', source, place, [select]);
}

/** What a select offers. An external select has no list of its own here and stays empty. */
export function selectGroups(source: Json, context: BlockContext): SelectGroup[] {
  const type = asText(source.type).replace('multi_', '');
  const people = context.users
    .filter(({ kind }) => kind !== 'deactivated')
    .map(({ id, name, title }) => ({ value: id, label: name, description: title }));
  const channels = context.channels.map(({ id, name }) => ({
    value: id,
    label: `#${name}`,
    description: '',
  }));
  if (type === 'users_select') return [{ label: undefined, options: people }];
  if (type === 'channels_select') return [{ label: undefined, options: channels }];
  if (type === 'conversations_select') {
    return [
      { label: 'Channels', options: channels },
      { label: 'People', options: people },
    ];
  }
  const groups = asObjects(source.option_groups).map((group) => ({
    label: textOf(group.label),
    options: readOptions(group.options),
  }));
  return groups.length > 0 ? groups : [{ label: undefined, options: readOptions(source.options) }];
}

export function initialValues(source: Json): string[] {
  const one = ['initial_user', 'initial_channel', 'initial_conversation'].map((name) => asText(source[name]));
  const many = ['initial_users', 'initial_channels', 'initial_conversations'].flatMap((name) => {
    const list = source[name];
    return Array.isArray(list) ? list.map(asText) : [];
  });
  const options = [asObject(source.initial_option), ...asObjects(source.initial_options)];
  return [...one, ...many, ...options.map(({ value }) => asText(value))].filter((value) => value !== '');
}

function readOptions(value: unknown): SelectOption[] {
  return asObjects(value).map((option) => ({
    value: asText(option.value),
    label: textOf(option.text),
    description: textOf(option.description),
  }));
}

function drawGroup(group: SelectGroup, initial: string | undefined): HTMLElement[] {
  const options = group.options.map(({ value, label, description }) => {
    const shown = description === '' ? label : `${label} · ${description}`;
    return element('option', { value, selected: value === initial }, [shown]);
  });
  return group.label === undefined ? options : [element('optgroup', { label: group.label }, options)];
}
