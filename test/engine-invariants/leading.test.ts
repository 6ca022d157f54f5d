import { describe, expect, it } from 'vitest';
import { asked, type History } from './history.ts';
import { beginLine, endLine, line, timeOf } from './lines.ts';
import { all, changeEntry, changeLine, foundAfter, type Spoil, type Spoiled } from './spoil.ts';

const usurped: Spoil = ({ usurpations }) => {
  usurpations.push({ worker: 1, frozenAt: timeOf(24), releasedAt: timeOf(28) });
};
const addLine =
  (written: History['lines'][number]): Spoil =>
  ({ lines }) =>
    void lines.push(written);
const leading: Spoiled[] = [
  ['an epoch that does not rise', /^leading: - epoch 1 began after epoch 1$/m, changeLine(25, { epoch: 1 })],
  ['a worker that leads twice', /^leading: - worker 1 led twice$/m, changeLine(25, { worker: 1 })],
  [
    'a worker that acts before it leads',
    /^leading: - worker 3 acted before it led$/m,
    changeLine(1, { worker: 3 }),
  ],
  [
    'a worker that acts while another leads',
    /^leading: - worker 1 acted while another led/m,
    addLine(endLine(28, { run: 'c', operation: 'act-0' })),
  ],
  [
    'a worker that goes on after it lost its lock',
    /^leading: - worker 1 began act-0 and act-1 of c after another led$/m,
    all(
      usurped,
      addLine(beginLine(28, { run: 'c', operation: 'act-0', attempt: 3 })),
      addLine(beginLine(29, { run: 'c', operation: 'act-1' })),
    ),
  ],
  [
    'a job whose finally runs after another led',
    /^leading: - worker 1 ran finally of c after another led$/m,
    all(
      usurped,
      changeEntry('c', 'act-0', { endedAt: timeOf(26) }),
      addLine(line(28, { kind: 'finally', run: 'c' })),
    ),
  ],
];
const soundness: Spoiled[] = [
  [
    'a damaged file',
    /^soundness: - forge.db: row 1 missing from index$/m,
    ({ integrity }) => void integrity.push('forge.db: row 1 missing from index'),
  ],
  [
    'a ledger torn more often than anybody was killed',
    /^soundness: - 2 lines of the ledger are torn, after 1 kills$/m,
    (history) => void Object.assign(history, { torn: 2 }),
  ],
  [
    'a complaint',
    /^soundness: - worker 3: error TypeError: x$/m,
    ({ complaints }) => void complaints.push('worker 3: error TypeError: x'),
  ],
];

describe.each([
  ['leading', leading],
  ['soundness', soundness],
])('the check of %s', (_, spoiled) => {
  it.each(spoiled)('finds %s', (_wrong, expected, spoil) => {
    expect(foundAfter(spoil)).toMatch(expected);
  });
});

describe('the check of leading', () => {
  it('allows a worker that lost its lock to end what it had under way', () => {
    const spoil = all(usurped, addLine(endLine(28, { run: 'c', operation: 'act-0' })));

    expect(foundAfter(spoil)).toBe('');
  });

  it('allows a request for a run that ends as it was asked for', () => {
    const spoil: Spoil = ({ asked: deeds }) => void deeds.push(asked('a', 20, { kind: 'abort' }));

    expect(foundAfter(spoil)).toBe('');
  });
});
