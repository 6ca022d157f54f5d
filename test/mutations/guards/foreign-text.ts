// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source
import { type Guard, guardsOf } from '../guard.ts';

const markdown = ['test/domain/markdown.test.ts'];
const body = ['test/domain/pull-request-body.test.ts', 'test/domain/hostile-description.test.ts'];
const checks = ['test/views/checks.test.ts', 'test/views/hostile-checks.test.ts'];
const part = ['test/domain/pull-request-part.test.ts', 'test/domain/hostile-description.test.ts'];
const shipment = ['test/views/shipment.test.ts'];
const automatic = ['test/views/automatic.test.ts'];

/** What others wrote is text wherever it is shown: in descriptions on GitHub, in messages, and in commands people copy. */
export const foreignText: readonly Guard[] = [
  ...guardsOf({ file: 'src/domain/markdown.ts', tests: markdown }, [
    {
      name: 'an entity in a description is text',
      text: "    .replaceAll('&', '&amp;')\n",
      without: '',
    },
    {
      name: 'an element in a description is text',
      text: "    .replaceAll('<', '&lt;')\n",
      without: '',
    },
    {
      name: 'markup in a description is text',
      text: '    .replaceAll(/[\\\\`*_[\\]>#|~$@]/gu, String.raw`\\$&`)\n',
      without: '',
    },
    {
      name: 'a description begins no list',
      text: String.raw`    .replace(/^(?:[-+=]|\d+(?=[.)](?:\s|$)))/u, asStart)`,
      without: '',
    },
    {
      name: 'a description mentions and refers to nobody and nothing',
      text: '    .replaceAll(/\\\\[@#]/gu, (sign) => `${sign}${GAP}`)\n',
      without: '',
    },
    {
      name: 'a description holds no address that becomes a link',
      text: "    .replaceAll('://', `:${GAP}//`)\n    .replaceAll(/\\bwww",
      without: '    .replaceAll(/\\bwww',
    },
    {
      name: 'a description holds no name of a host that becomes a link',
      text: '    .replaceAll(/\\bwww\\./giu, (start) => `${start.slice(0, 3)}${GAP}.`)\n',
      without: '',
    },
    {
      name: 'a description refers to no issue in the short way',
      text: '    .replaceAll(...EMOJI)\n    .replaceAll(...REFERENCE)\n    .replaceAll(...COMMIT);\n}\n\n/** What would begin',
      without: '    .replaceAll(...EMOJI)\n    .replaceAll(...COMMIT);\n}\n\n/** What would begin',
    },
    {
      name: 'a description refers to no commit',
      text: '\n    .replaceAll(...COMMIT);\n}\n\n/** What would begin',
      without: ';\n}\n\n/** What would begin',
    },
    {
      name: 'a description holds no picture that looks like Forge’s own',
      text: '    .replaceAll(...EMOJI)\n    .replaceAll(...REFERENCE)\n    .replaceAll(...COMMIT);\n}\n\n/** What would begin',
      without: '    .replaceAll(...REFERENCE)\n    .replaceAll(...COMMIT);\n}\n\n/** What would begin',
    },
    {
      name: 'a title keeps GitHub from running nothing',
      text: '    .replaceAll(...SKIP)\n',
      without: '',
    },
    {
      name: 'what is code holds no mark of Forge’s own',
      text: ".replaceAll('<!--', `<${GAP}!--`)",
      without: '',
    },
    {
      name: 'a title has no code',
      text: "    .replaceAll('`', '\\u02CB')",
      without: '',
    },
    {
      name: 'a title mentions and closes nothing',
      text: '    .replaceAll(/[@#]/gu, (sign) => `${sign}${GAP}`)\n',
      without: '',
    },
    {
      name: 'a title is not longer than GitHub takes, with its gaps',
      text: '  return shortened(parted, most);\n',
      without: '  return parted;\n',
    },
    {
      name: 'what is code stays within its fence',
      text: "const fence = '`'.repeat(longest + 1);",
      without: "const fence = '`';",
    },
    {
      name: 'foreign text is on one line, and nothing of it is unseen',
      text: "whole.replaceAll(UNSEEN, ' ').replaceAll(",
      without: 'whole.replaceAll(',
    },
  ]),
  ...guardsOf({ file: 'src/domain/pull-request-body.ts', tests: body }, [
    {
      name: 'what somebody says a change is for is no markup',
      text: '[markdownText(said, 3000)]',
      without: '[said]',
    },
    {
      name: 'the words of a commit are no markup',
      text: 'markdownText(titleOf(message), 200)',
      without: 'titleOf(message)',
    },
    {
      name: 'the name of a file is no markup',
      text: '`- ${markdownCode(file.path)} +',
      without: '`- ${file.path} +',
    },
    {
      name: 'what a check says is no markup in a description',
      text: '${markdownText(name, 100)}: ${markdownText(more)}`',
      without: '${name}: ${more}`',
    },
    {
      name: 'an impact is no markup',
      text: '${markdownText(before, 100)} → ${markdownText(after, 100)}',
      without: '${before} → ${after}',
    },
    {
      name: 'a name on GitHub mentions nobody in a description',
      text: '.map((login) => markdownCode(login))',
      without: '.map((login) => `@${login}`)',
    },
    {
      name: 'a description links to Slack alone',
      text: String.raw`!/^https:\/\/[\w.-]+\/[\w./?=&%-]*$/u.test(slack)`,
      without: 'slack === ""',
    },
  ]),
  ...guardsOf({ file: 'src/domain/pull-request-part.ts', tests: part }, [
    {
      name: 'a description is not longer than GitHub takes',
      text: 'part.length <= room',
      without: 'part.length > 0',
    },
    {
      name: 'what is cut is cut at the end of a line, so that nothing in code becomes markup',
      text: "part.lastIndexOf('\\n', Math.max(0, room - MORE.length))",
      without: 'Math.max(0, room - MORE.length)',
    },
    {
      name: 'what people wrote around Forge’s part stays',
      text: 'return { before: body.slice(0, start), after: body.slice(end + END.length) };',
      without: "return { before: '', after: '' };",
    },
  ]),
  ...guardsOf(
    { file: 'src/checks/words.ts', tests: ['test/checks/github.test.ts', 'test/checks/doubtful.test.ts'] },
    [
      {
        name: 'foreign words in a verdict stay on one line',
        text: String.raw`    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')`,
        without: '',
      },
      {
        name: 'foreign words in a verdict do not go on for ever',
        text: 'return letters.length > most ? ',
        without: 'return letters.length < 0 ? ',
      },
    ],
  ),
  {
    name: 'the name of a file runs nothing where somebody copies a command',
    file: 'src/checks/migrations-safe.ts',
    text: 'map(({ path }) => inShell(`${shortCommit(commit)}:${path}`));',
    without: 'map(({ path }) => `${shortCommit(commit)}:${path}`);',
    tests: ['test/checks/migrations-safe.test.ts'],
  },
  ...guardsOf({ file: 'views/output-block.ts', tests: checks }, [
    {
      name: 'output does not end its own fence',
      text: ".replaceAll('`', 'ˋ')",
      without: '',
    },
    {
      name: 'output is no markup and mentions nobody',
      text: "escaped(line.replaceAll(/\\s+$/gu, ''))",
      without: "line.replaceAll(/\\s+$/gu, '')",
    },
    {
      name: 'output does not take a whole thread',
      text: '    if (length > MOST) break;\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'views/checks.ts', tests: checks }, [
    {
      name: 'what a check says is no markup in a message',
      text: '${sentence(quoted(says, 1200))}',
      without: '${sentence(says)}',
    },
    {
      name: 'what the making of an image says is no markup in a message',
      text: '${sentence(quoted(build.says, 1200))}',
      without: '${sentence(build.says)}',
    },
    {
      name: 'why somebody overrode a check is no markup',
      text: "quoted(check.why ?? '', 600)",
      without: "(check.why ?? '')",
    },
    {
      name: 'what a box says is no markup',
      text: ':white_medium_square: ${quoted(says, 600)}',
      without: ':white_medium_square: ${says}',
    },
  ]),
  ...guardsOf({ file: 'views/thread-checks.ts', tests: checks }, [
    {
      name: 'what a check says is no markup in the thread',
      text: '${what}: ${told(says, 600)} ${until}',
      without: '${what}: ${says} ${until}',
    },
    {
      name: 'why somebody overrode a check is no markup in the thread',
      text: "${quotation(why ?? '', 900)}",
      without: "${why ?? ''}",
    },
  ]),
  {
    name: 'an address that could not stand in markup is no link',
    file: 'views/shipment-words.ts',
    text: 'if (url === undefined || !/^https?:\\/\\/[!-;=?-{}~]+$/u.test(url)) return words;',
    without: 'if (url === undefined) return words;',
    tests: shipment,
  },
  ...guardsOf({ file: 'views/shipment-thread.ts', tests: shipment }, [
    {
      name: 'what is in the way of a shipment is no markup',
      text: 'fresh.map((one) => told(one, 400))',
      without: 'fresh',
    },
    {
      name: 'what a check of a shipment says is no markup',
      text: 'did not pass: ${told(event.says, 900)}',
      without: 'did not pass: ${event.says}',
    },
    {
      name: 'who merged it by hand is no markup',
      text: 'by ${quoted(event.byHand, 60)} on GitHub`;\n      return `Merged',
      without: 'by ${event.byHand} on GitHub`;\n      return `Merged',
    },
    {
      name: 'the name of a branch is no markup in the thread',
      text: 'return `${quoted(after.branch, 80)} has a new commit',
      without: 'return `${after.branch} has a new commit',
    },
  ]),
  ...guardsOf({ file: 'views/shipment-message.ts', tests: shipment }, [
    {
      name: 'the title of a pull request is no markup',
      text: '${quoted(pull.title, 150)}',
      without: '${pull.title}',
    },
    {
      name: 'the name of a check on GitHub is no markup',
      text: 'linked(url, quoted(name, 100))',
      without: 'linked(url, name)',
    },
    {
      name: 'who approved it on GitHub is no markup',
      text: '.map((login) => quoted(login, 40))',
      without: '.map((login) => login)',
    },
    {
      name: 'what a shipment lacks is no markup',
      text: 'map((one) => `• ${quoted(one, 400)}`)',
      without: 'map((one) => `• ${one}`)',
    },
  ]),
  ...guardsOf({ file: 'views/automatic.ts', tests: automatic }, [
    {
      name: 'the name of a ref is no markup',
      text: '${code(named?.name ?? ref)}`;\n  const at',
      without: '${named?.name ?? ref}`;\n  const at',
    },
    {
      name: 'who pushed it is no markup',
      text: 'pushed by ${quoted(login, 60)} on GitHub',
      without: 'pushed by ${login} on GitHub',
    },
    {
      name: 'why it is not deployed is no markup',
      text: 'sentence(quoted(followed.says, 1500))',
      without: 'sentence(followed.says)',
    },
  ]),
  ...guardsOf({ file: 'src/github/said.ts', tests: ['test/github/refusals.test.ts'] }, [
    {
      name: 'what GitHub says of a refusal is one line',
      text: String.raw`    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')`,
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/runner/output.ts', tests: ['test/runner/output.test.ts'] }, [
    {
      name: 'the output of a command moves no cursor, and turns no text round',
      text: 'return text.replace(UNSHOWABLE,',
      without: 'return text.replace(/\\u0000/gu,',
    },
    {
      name: 'of output only its end is kept',
      text: 'Math.min(limit, Math.max(wanted, ring.length * 2, FIRST_SIZE))',
      without: 'Math.max(wanted, ring.length * 2, FIRST_SIZE)',
    },
  ]),
];
