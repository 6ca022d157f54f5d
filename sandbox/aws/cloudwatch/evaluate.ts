import { type Datapoints, periodStarts, type Window } from './datapoints.ts';
import { type Expression, parseExpression } from './expression.ts';
import type { MetricQuery } from './metric-query.ts';
import { refuse } from './validate-queries.ts';

type Measured = { points: Datapoints; periodSeconds: number };
type Value = { kind: 'number'; value: number } | { kind: 'series'; series: Measured };

/** The series of every query by its id: measured ones as they are, expressions worked out from them. */
export function evaluate(
  queries: readonly MetricQuery[],
  measured: ReadonlyMap<string, Measured>,
  window: Window,
): Map<string, Datapoints> {
  const expressions = new Map(
    queries.flatMap(({ Id, Expression }) => (Expression === undefined ? [] : [[Id, Expression]])),
  );
  const results = new Map<string, Datapoints>();
  for (const { Id } of queries) results.set(Id, seriesOf(Id, []).points);
  return results;

  function seriesOf(id: string, within: readonly string[]): Measured {
    const known = measured.get(id);
    if (known !== undefined) return known;
    const text = expressions.get(id);
    if (text === undefined) refuse(`Error in expression '${within.at(-1)}': id '${id}' is unknown.`);
    if (within.includes(id)) refuse(`Error in expression '${id}': it refers to itself.`);
    const value = resultOf(parseExpression(text, id), [...within, id]);
    if (value.kind === 'number') refuse(`Error in expression '${id}': it must result in a time series.`);
    return value.series;
  }

  function resultOf(expression: Expression, within: readonly string[]): Value {
    switch (expression.kind) {
      case 'number':
        return expression;
      case 'id':
        return { kind: 'series', series: seriesOf(expression.id, within) };
      case 'operation': {
        const left = resultOf(expression.left, within);
        return combine(left, resultOf(expression.right, within), expression.operator);
      }
      case 'fill':
        return { kind: 'series', series: fill(seriesOf(expression.id, within), expression.by, window) };
    }
  }
}

function combine(left: Value, right: Value, operator: '+' | '-' | '*' | '/'): Value {
  if (left.kind === 'number' && right.kind === 'number') {
    return { kind: 'number', value: calculate(left.value, right.value, operator) };
  }
  const [base] = [left, right].flatMap((value) => (value.kind === 'series' ? [value.series] : []));
  const points: Datapoints = new Map();
  for (const second of base?.points.keys() ?? []) {
    const one = left.kind === 'number' ? left.value : left.series.points.get(second);
    const other = right.kind === 'number' ? right.value : right.series.points.get(second);
    // A datapoint only where both sides have one, and none for a division by zero.
    if (one === undefined || other === undefined) continue;
    const value = calculate(one, other, operator);
    if (Number.isFinite(value)) points.set(second, value);
  }
  return { kind: 'series', series: { points, periodSeconds: base?.periodSeconds ?? 60 } };
}

function calculate(left: number, right: number, operator: '+' | '-' | '*' | '/'): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
}

/** A value for every period of the window: a number, or the last one there was. */
function fill({ points, periodSeconds }: Measured, by: number | 'REPEAT', window: Window): Measured {
  const filled: Datapoints = new Map();
  let last: number | undefined;
  for (const second of periodStarts(window, periodSeconds)) {
    last = points.get(second) ?? (by === 'REPEAT' ? last : by);
    if (last !== undefined) filled.set(second, last);
  }
  return { points: filled, periodSeconds };
}
