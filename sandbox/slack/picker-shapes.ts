import { common, element, placeholder } from './element-shape.ts';
import { integer, type Shapes, textThat } from './shape.ts';

const date = textThat(isDate, 'must be a valid date');
const time = textThat((value) => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value), 'must be a valid time');
const timezone = textThat(isTimeZone, 'must be a valid timezone');

export const PICKERS: Shapes = {
  datepicker: element('datepicker', {}, { ...common, placeholder, initial_date: date }),
  timepicker: element('timepicker', {}, { ...common, placeholder, initial_time: time, timezone }),
};

/** Only for actions and inputs: beside a section's text Slack refuses it. Seconds since 1970, ten digits. */
export const dateTimePicker = element(
  'datetimepicker',
  {},
  { ...common, initial_date_time: integer({ min: 1_000_000_000, max: 9_999_999_999 }) },
);

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
