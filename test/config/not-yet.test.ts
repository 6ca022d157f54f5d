import { describe, expect, it } from 'vitest';
import { changed, sentences } from './policy-text.ts';

describe('what Forge cannot enforce yet', () => {
  it.each([{ where: 'environments.staging', key: 'soak: 1h' }])(
    'is refused, never ignored: $key',
    ({ where, key }) => {
      const [name = ''] = key.split(':');
      const text = changed('    strategy: rolling', `    strategy: rolling\n    ${key}`);

      expect(sentences(text)).toEqual([
        expect.stringMatching(
          new RegExp(`^forge\\.yml:29:5 ${where}\\.${name}: Forge .* yet.* Remove the whole environment`),
        ),
      ]);
    },
  );

  it('is refused where the sketch of the whole file uses it', () => {
    const text = changed(
      '    repository: acme/mailer',
      '    repository: acme/mailer\n    migration: {}',
    ).replace('kind: worker', 'kind: scheduled');

    expect(sentences(text)).toEqual([
      expect.stringContaining('services.mailer.kind: Forge does not deploy scheduled services yet'),
      expect.stringContaining('services.mailer.migration: Forge runs no migrations yet'),
    ]);
  });
});
