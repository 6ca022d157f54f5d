import { describe, expect, it } from 'vitest';
import { blockErrors, hasTooMuchText } from '../../../sandbox/slack/validate.ts';
import {
  actions,
  button,
  cell,
  chart,
  container,
  context,
  dataTable,
  input,
  knowsAll,
  letters,
  markup,
  options,
  paragraph,
  picture,
  plain,
  plan,
  section,
  table,
  task,
} from './samples.ts';

const markdown = (length: number) => ({ type: 'markdown', text: letters(length) });

describe('the blocks of a message', () => {
  it('are taken in every form Forge sends', () => {
    const dialog = {
      title: plain('Sure?'),
      text: markup('Really'),
      confirm: plain('Yes'),
      deny: plain('No'),
    };
    const blocks = [
      { type: 'header', text: plain('checkout → production') },
      section({ accessory: button({ style: 'primary' }) }),
      section({ text: undefined, fields: [markup('a'), plain('b')] }),
      context(markup('by Sam'), picture()),
      { type: 'divider' },
      plan({ tasks: [task({ status: 'pending' }), task({ task_id: '2', details: paragraph() })] }),
      { ...table(2), column_settings: [{ align: 'right', is_wrapped: true }] },
      { type: 'markdown', text: '**done**' },
      paragraph(),
      actions(
        button({ confirm: dialog }),
        { type: 'static_select', action_id: 'pick', options: options(100), placeholder: plain('Pick') },
        { type: 'overflow', action_id: 'more', options: options(5) },
        { type: 'datetimepicker', action_id: 'at', initial_date_time: 1_795_000_000 },
      ),
      chart(),
    ];

    expect(blockErrors(blocks, knowsAll)).toEqual([]);
  });

  it('are refused with every line that is wrong, in order', () => {
    const blocks = [{ type: 'header', text: plain('') }, { type: 'divider' }, { type: 'section' }];

    expect(blockErrors(blocks, knowsAll)).toEqual([
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
      'must define either `text` or `fields` [json-pointer:/blocks/2]',
    ]);
  });

  it('have one table among them, also where it stands in a container', () => {
    const inside = container({ child_blocks: [table(1)] });

    expect(blockErrors([table(1)], knowsAll)).toEqual([]);
    expect(blockErrors([table(1), table(1)], knowsAll)).toEqual([
      'only_one_table_allowed [json-pointer:/blocks/1]',
    ]);
    expect(blockErrors([inside, table(1)], knowsAll)).toEqual([
      'only_one_table_allowed [json-pointer:/blocks/1]',
    ]);
    expect(blockErrors([table(1), dataTable()], knowsAll)).toEqual([
      'only_one_table_allowed [json-pointer:/blocks/1]',
    ]);
  });

  it('have at most 10,000 characters in a table and 20,000 in a data table', () => {
    const data = (text: string) => dataTable({ caption: 'x', rows: [[cell('x')], [cell(text)]] });

    expect(blockErrors([table(10, letters(1000))], knowsAll)).toEqual([]);
    expect(blockErrors([table(11, letters(1000))], knowsAll)).toEqual([
      'must be less than 10001 characters [json-pointer:/blocks/0/rows]',
    ]);
    expect(blockErrors([data(letters(19_998))], knowsAll)).toEqual([]);
    expect(blockErrors([data(letters(19_999))], knowsAll)).toEqual([
      'must be less than 20001 characters [json-pointer:/blocks/0/rows]',
    ]);
  });

  it('have at most 12,000 characters of Markdown together', () => {
    expect(blockErrors([markdown(6000), markdown(6000)], knowsAll)).toEqual([]);
    expect(blockErrors([markdown(6000), markdown(6001)], knowsAll)).toEqual([
      'must be less than 12001 characters [json-pointer:/blocks/1/text]',
    ]);
  });

  it('have at most two charts', () => {
    expect(blockErrors([chart(), chart()], knowsAll)).toEqual([]);
    expect(blockErrors([chart(), chart(), chart()], knowsAll)).toEqual([
      'no more than 2 items allowed [json-pointer:/blocks/2]',
    ]);
  });

  it('have at most 13,200 characters together, wherever people read them', () => {
    const full = [3000, 3000, 3000, 3000].map((length) => section({ text: plain(letters(length)) }));

    expect(hasTooMuchText([...full, section({ text: plain(letters(1200)) })])).toBe(false);
    expect(hasTooMuchText([...full, section({ text: plain(letters(1201)) })])).toBe(true);
    expect(
      hasTooMuchText([...full, plan({ title: letters(600), tasks: [task({ title: letters(601) })] })]),
    ).toBe(true);
    expect(hasTooMuchText([...full, picture({ alt_text: letters(1201) })])).toBe(true);
    expect(hasTooMuchText([...full, input(undefined, { label: plain(letters(1201)) })])).toBe(true);
    expect(hasTooMuchText([...full, actions(button({ value: letters(2000) }))])).toBe(false);
  });
});
