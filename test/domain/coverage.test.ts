import { describe, expect, it } from 'vitest';
import { coverageIn } from '../../src/domain/coverage.ts';

const NODE = `ℹ start of coverage report
ℹ -----------------------------------------------------
ℹ file          | line % | branch % | funcs % | uncovered lines
ℹ -----------------------------------------------------
ℹ src/a.js      |  80.00 |   100.00 |   50.00 | 4-5
ℹ all files     |  92.31 |    75.00 |   66.67 |
ℹ end of coverage report`;
const JEST = `----------|---------|----------|---------|---------|-------------------
File      | % Stmts | % Branch | % Funcs | % Lines | Uncovered Line #s
----------|---------|----------|---------|---------|-------------------
All files |   80.25 |       75 |   66.66 |   91.66 |
 a.js     |   80.25 |       75 |   66.66 |   91.66 | 4-5
----------|---------|----------|---------|---------|-------------------`;

describe('how much tests cover', () => {
  it.each([
    ['node:test', NODE, '92.31 % of lines'],
    ['Jest', JEST, '91.66 % of lines'],
    ['a short summary', 'Statements   : 80% ( 8/10 )\nLines        : 90.5% ( 19/21 )', '90.5 % of lines'],
    ['pytest-cov', 'Name  Stmts  Miss  Cover\na.py  10  1  90%\nTOTAL   123     12    90%', '90 % of lines'],
    ['Go', 'ok  acme/api  0.1s  coverage: 87.5% of statements', '87.5 % of statements'],
  ])('is read from what %s prints', (_, output, covered) => {
    expect(coverageIn(output)).toBe(covered);
  });

  it.each([
    ['nothing of it', 'all is well'],
    ['a table without its head', 'All files | 80 | 75 | 66 | 91 |'],
    ['a table without its lines', 'File | % Stmts | Lines\nAll files | 80 |'],
    ['a table without a sum', 'File | % Lines |\na.js | 80 |'],
    ['no number', 'File | % Lines |\nAll files | Unknown |'],
    ['a line too long to be one', `Lines : ${' '.repeat(400)}90%`],
    ['more after it than anybody prints', `Lines : 90%\n${'x\n'.repeat(20_000)}`],
  ])('is not known where the output has %s', (_, output) => {
    expect(coverageIn(output)).toBeUndefined();
  });
});
