import { type JsonObject, objectsIn } from './json.ts';
import { LIMITS } from './limits.ts';
import { every, list, number, object, oneOf, type Rule, type Shape, text, typed } from './shape.ts';

const label = text({ max: LIMITS.chartLabel });
const axisTitle = text({ max: LIMITS.chartTitle });

const positive: Shape = (value, pointer, scope) => {
  const problems = number(value, pointer, scope);
  if (problems.length > 0 || Number(value) > 0) return problems;
  return [{ message: 'must be greater than 0', pointer }];
};

const pie = object({
  type: oneOf('pie'),
  segments: list(object({ label, value: positive }), { min: 1, max: LIMITS.chartSeries }),
});

const namedOnce: Rule = ({ series }) => {
  const names = objectsIn(series).map(({ name }) => name);
  const second = names.findIndex((name, index) => names.indexOf(name) < index);
  return second < 0 ? undefined : { message: 'series names must be unique', at: `series/${second}/name` };
};

/** Every series has one point for every category, in the same order. */
const oneEachCategory: Rule = ({ series, axis_config: axis }) => {
  const [{ categories = [] } = {}] = objectsIn([axis]);
  const off = objectsIn(series).findIndex((one) => labels(one) !== JSON.stringify(categories));
  return off < 0 ? undefined : { message: 'data labels must match `categories`', at: `series/${off}/data` };
};

function labels({ data }: JsonObject): string {
  return JSON.stringify(objectsIn(data).map((point) => point.label));
}

function plotted(type: string): Shape {
  const points = list(object({ label, value: number }), { min: 1, max: LIMITS.chartPoints });
  return object(
    {
      type: oneOf(type),
      series: list(object({ name: label, data: points }), { min: 1, max: LIMITS.chartSeries }),
      axis_config: object(
        { categories: list(label, { min: 1, max: LIMITS.chartPoints }) },
        { x_label: axisTitle, y_label: axisTitle },
      ),
    },
    {},
    every(namedOnce, oneEachCategory),
  );
}

const CHARTS = { pie, bar: plotted('bar'), area: plotted('area'), line: plotted('line') };

/** The fields of a data_visualization block. */
export const chartFields = { title: text({ max: LIMITS.chartTitle }), chart: typed(() => CHARTS) };
