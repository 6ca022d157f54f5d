/**
 * Records journals of the jobs as they are now, for replay.test.ts. Those that are there stay as they are: they stand
 * for deployments that may be running somewhere. `--replace` replaces them, which is right only for a version of a job
 * that was never released.
 * npm run replay:record [-- --replace]
 */
import { parseArgs } from 'node:util';
import { keepJournal } from './journals.ts';
import { recordStory } from './record-story.ts';
import { fileOf, shapeOf } from './recorded-run.ts';
import { recordings } from './recordings.ts';
import { stories } from './stories.ts';

const { values } = parseArgs({ options: { replace: { type: 'boolean', default: false } } });
const count = { new: 0, same: 0, replaced: 0, 'left as it was': 0 };
const shapes = new Set<string>();
const all = [...Object.keys(stories).map((story) => () => recordStory(story)), ...Object.values(recordings)];
for (const record of all) {
  for (const recorded of await record()) {
    const shape = shapeOf(recorded);
    if (shapes.has(shape)) continue;
    shapes.add(shape);
    const file = fileOf(recorded);
    const what = keepJournal(recorded, file, { isToReplace: values.replace });
    count[what] += 1;
    if (what !== 'same') console.log(`${what}: ${file} (${recorded.entries.length} operations)`);
  }
}
console.log(
  Object.entries(count)
    .map(([what, times]) => `${times} ${what}`)
    .join(', '),
);
if (count['left as it was'] > 0) {
  console.log(
    'A journal that was left as it was shows how the jobs worked when it was recorded. If its version of the job was never released, replace it with -- --replace.',
  );
}
