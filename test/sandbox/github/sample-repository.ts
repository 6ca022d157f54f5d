import type { SeedRepository } from '../../../sandbox/github/parts.ts';

const MAYA = 'Maya Chen <maya@acme.example>';
const SAM = 'Sam Okafor <sam@acme.example>';

const ci = `name: CI
on:
  push: { branches: [main] }
  pull_request: {}
jobs: {}
`;
const deploy = `name: Deploy
run-name: Deploy \${{ inputs.correlation }}
on:
  workflow_dispatch:
    inputs:
      commit: { required: true, type: string }
      correlation: { required: true, type: string }
      push: { type: boolean, default: "true" }
jobs: {}
`;

type Commit = {
  branch: string;
  mark: number;
  from?: number;
  by: string;
  message: string;
  files: Record<string, string | null>;
};

const commits: Commit[] = [
  {
    branch: 'main',
    mark: 1,
    by: SAM,
    message: 'Begin',
    files: {
      'README.md': 'The API\n',
      'src/page.js': 'one\ntwo\nthree\n',
      '.github/workflows/deploy.yml': deploy,
    },
  },
  {
    branch: 'main',
    mark: 2,
    from: 1,
    by: MAYA,
    message: 'Greet people',
    files: { 'src/greeting.txt': 'hello\n' },
  },
  {
    branch: 'feature/banner',
    mark: 3,
    from: 1,
    by: MAYA,
    message: 'Add a banner\n\nAsked for by sales.',
    files: { 'src/banner.txt': 'Sale!\n', 'README.md': null },
  },
  {
    branch: 'feature/banner',
    mark: 4,
    from: 3,
    by: SAM,
    message: 'Test the banner',
    files: { 'src/banner.test.js': 'ok\n', '.github/workflows/ci.yml': ci },
  },
  {
    branch: 'feature/clash',
    mark: 5,
    from: 1,
    by: SAM,
    message: 'Say bye',
    files: { 'src/greeting.txt': 'bye\n' },
  },
];

/** Two commits on main (tags v1 and, annotated, v2), a branch of two, and one that conflicts with main. */
export const sampleRepository: SeedRepository = {
  name: 'acme/api',
  description: 'The public API',
  defaultBranch: 'main',
  history: [...commits.map(commitText), tagText()].join(''),
};

function commitText({ branch, mark, from, by, message, files }: Commit): string {
  const at = 1_790_000_000 + mark * 60;
  const lines = [
    `commit refs/heads/${branch}`,
    `mark :${mark}`,
    `author ${by} ${at} +0000`,
    `committer ${by} ${at} +0000`,
    data(message),
    ...(from === undefined ? [] : [`from :${from}`]),
    ...Object.entries(files).map(([path, text]) =>
      text === null ? `D ${path}` : `M 100644 inline ${path}\n${data(text)}`,
    ),
  ];
  return `${lines.join('\n')}\n\n`;
}

function tagText(): string {
  return `reset refs/tags/v1\nfrom :1\n\ntag v2\nfrom :2\ntagger ${SAM} 1790000300 +0000\n${data('Second')}\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
