import { spawnSync } from 'node:child_process';
import { javascriptIn, report } from './files.js';

const files = javascriptIn(['src', 'test', 'scripts']);
const problems = files.flatMap(({ file }) => {
  const { status, stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8' });
  return status === 0 ? [] : [stderr];
});
report(problems, `${files.length} files can be parsed.`);
