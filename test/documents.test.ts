import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);
const documents = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'sandbox/README.md'],
  ...readdirSync(new URL('docs/', root)).map((name) => `docs/${name}`),
];

describe('a link of the documents', () => {
  it('leads to a file that is there, and to a heading in it', () => {
    const links = documents.flatMap(linksOf);

    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(({ target }) => !leadsSomewhere(target))).toEqual([]);
  });
});

type Link = { from: string; target: URL };

function linksOf(from: string): Link[] {
  const text = readFileSync(new URL(from, root), 'utf8');
  const addresses = [...text.matchAll(/\]\(([^)\s]+)\)/gu)].map(([, address = '']) => address);
  return addresses
    .filter((address) => !/^https?:/u.test(address))
    .map((address) => ({ from, target: new URL(address, new URL(from, root)) }));
}

function leadsSomewhere(target: URL): boolean {
  const file = new URL(target.pathname, target);
  if (!existsSync(file)) return false;
  return (
    target.hash === '' || anchorsOf(readFileSync(file, 'utf8')).includes(decodeURIComponent(target.hash))
  );
}

/** As GitHub makes them: lower case, without punctuation, spaces as dashes. */
function anchorsOf(text: string): string[] {
  const headings = [...text.matchAll(/^#+ (.*)$/gmu)].map(([, heading = '']) => heading);
  return headings.map(
    (heading) =>
      `#${heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-')}`,
  );
}
