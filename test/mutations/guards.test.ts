import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Guard, timesFound, withoutGuard } from './guard.ts';
import { guards } from './guards.ts';

const all = Object.values(guards).flat();

describe('the list of guards', () => {
  it('names each guard by a text that its file has exactly once', () => {
    const found = all.map((guard) => `${timesFound(guard, readFileSync(guard.file, 'utf8'))}× ${guard.name}`);

    expect(found.filter((line) => !line.startsWith('1×'))).toEqual([]);
  });

  it('names tests that there are', () => {
    const files = [...new Set(all.flatMap(({ tests }) => tests))];

    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('has a name, a change and a test for each', () => {
    const names = all.map(({ name }) => name);

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(all.filter(({ text, without, tests }) => text === without || tests.length === 0)).toEqual([]);
  });
});

describe('a file without its guard', () => {
  const guard: Guard = {
    ...{ name: 'nobody is let in twice', file: 'door.ts', text: 'if (isIn) return;', without: '' },
    tests: ['door.test.ts'],
  };

  it('is the same but for that', () => {
    expect(withoutGuard(guard, 'open();\nif (isIn) return;\nenter();')).toBe('open();\n\nenter();');
  });

  it.each(['enter();', 'if (isIn) return; if (isIn) return;'])('is none where it says: %s', (content) => {
    expect(() => withoutGuard(guard, content)).toThrow(/times in door\.ts, not once/u);
  });
});
