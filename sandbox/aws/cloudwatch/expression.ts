import { refuse } from './validate-queries.ts';

type Operator = '+' | '-' | '*' | '/';

/** The part of metric math this sandbox knows. */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'id'; id: string }
  | { kind: 'operation'; operator: Operator; left: Expression; right: Expression }
  | { kind: 'fill'; id: string; by: number | 'REPEAT' };

/** Throws ValidationError for what it can't read; `id` names the query. */
export function parseExpression(text: string, id: string): Expression {
  const tokens = text.match(/\d+(?:\.\d+)?|[A-Za-z_][A-Za-z0-9_]*|[^\s]/g) ?? [];
  let next = 0;
  const parsed = sum();
  if (next < tokens.length) unexpected();
  return parsed;

  function sum(): Expression {
    let left = product();
    for (let operator = take('+', '-'); operator !== undefined; operator = take('+', '-')) {
      left = { kind: 'operation', operator, left, right: product() };
    }
    return left;
  }

  function product(): Expression {
    let left = factor();
    for (let operator = take('*', '/'); operator !== undefined; operator = take('*', '/')) {
      left = { kind: 'operation', operator, left, right: factor() };
    }
    return left;
  }

  function factor(): Expression {
    if (take('-') !== undefined) {
      return { kind: 'operation', operator: '-', left: { kind: 'number', value: 0 }, right: factor() };
    }
    if (take('(') !== undefined) {
      const inner = sum();
      expect(')');
      return inner;
    }
    const token = tokens[next] ?? '';
    next += 1;
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) };
    if (token === 'FILL') return fill();
    if (/^[a-z]/.test(token)) return { kind: 'id', id: token };
    next -= 1;
    return unexpected();
  }

  function fill(): Expression {
    expect('(');
    const filled = tokens[next] ?? '';
    next += 1;
    expect(',');
    const sign = take('-') === undefined ? 1 : -1;
    const by = tokens[next] ?? '';
    if (by !== 'REPEAT' && !/^\d/.test(by)) unexpected();
    next += 1;
    expect(')');
    return { kind: 'fill', id: filled, by: by === 'REPEAT' ? by : sign * Number(by) };
  }

  function take<Wanted extends string>(...wanted: Wanted[]): Wanted | undefined {
    const found = wanted.find((one) => one === tokens[next]);
    if (found !== undefined) next += 1;
    return found;
  }

  function expect(wanted: string): void {
    if (take(wanted) === undefined) unexpected();
  }

  function unexpected(): never {
    const token = tokens[next] ?? 'its end';
    refuse(
      `Error in expression '${id}' [Unexpected ${token}]: this sandbox knows + - * / ( ) and FILL only.`,
    );
  }
}
