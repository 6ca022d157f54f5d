import type { BlockContext } from '../blocks/context.ts';
import { element } from '../dom/element.ts';
import type { Json } from '../json.ts';
import { asText } from '../json.ts';
import { textOf } from '../text/draw-text.ts';
import type { ElementPlace } from './control.ts';
import { accessibleAttributes, drawControl } from './control.ts';
import { reportChange } from './report-change.ts';

/** A date, a time of day, or a moment, which is typed in the browser's time zone and sent in seconds. */
export function drawMomentField(source: Json, place: ElementPlace, context: BlockContext): HTMLElement {
  const { type, initial, zone } = fieldOf(source);
  const label = textOf(source.placeholder) || 'Date and time';
  const attributes = { class: 'field', type, value: initial, ...accessibleAttributes(place, label) };
  const field = element('input', attributes);
  reportChange(field, 'change', { source, place, context });
  const note = zone === '' ? undefined : element('small', { class: 'zone' }, [zone]);
  return drawControl(type === 'datetime-local' ? 'moment' : 'text', source, place, [field, note]);
}

function fieldOf(source: Json): { type: string; initial: string; zone: string } {
  switch (source.type) {
    case 'datepicker':
      return { type: 'date', initial: asText(source.initial_date), zone: '' };
    case 'timepicker':
      return { type: 'time', initial: asText(source.initial_time), zone: asText(source.timezone) };
    default:
      return {
        type: 'datetime-local',
        initial: localDateTime(source.initial_date_time),
        zone: browserZone(),
      };
  }
}

function localDateTime(seconds: unknown): string {
  if (typeof seconds !== 'number') return '';
  const moment = new Date(seconds * 1000);
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

function browserZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
