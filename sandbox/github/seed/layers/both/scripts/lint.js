import { javascriptIn, report } from './files.js';

const rules = [
  { pattern: /\t/, says: 'indent with spaces' },
  { pattern: /[ \t]+$/, says: 'no spaces at the end of a line' },
  { pattern: /\bdebugger\b/, says: 'no debugger' },
  { pattern: /\bvar\s/, says: 'const or let instead of var' },
];

const files = javascriptIn(['src', 'test']);
const problems = files.flatMap(({ file, text }) =>
  text.split('\n').flatMap((line, index) => {
    const broken = rules.filter(({ pattern }) => pattern.test(line));
    return broken.map(({ says }) => `${file}:${index + 1}: ${says}`);
  }),
);
report(problems, `${files.length} files are in good style.`);
