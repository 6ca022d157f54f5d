import { type Guard, guardsOf } from '../guard.ts';

const pulls = ['test/github/pull-requests.test.ts', 'test/github/nothing-else.test.ts'];
const lost = ['test/github/lost-answers.test.ts'];
const builds = ['test/github/builds.test.ts'];
const deployments = ['test/github/deployments.test.ts'];
const signingIn = ['test/github/signing-in.test.ts'];
const toItself = ['test/github/kept-to-itself.test.ts'];
const silence = ['test/github/silence.test.ts', ...toItself];
const reverts = ['test/github/reverts.test.ts', 'test/github/nothing-else.test.ts'];
const limits = ['test/github/limits.test.ts'];

/** What Forge does on GitHub is done once, to exactly what was meant, and its secrets go nowhere else. */
export const githubWriting: readonly Guard[] = [
  ...guardsOf({ file: 'src/github/merge.ts', tests: pulls }, [
    {
      name: 'GitHub merges exactly the commit that was checked, or nothing',
      text: 'parameters: { number, sha: head, merge_method: method },',
      without: 'parameters: { number, merge_method: method },',
    },
    {
      name: 'what was merged at another commit is not taken for this one',
      text: "  if (pull.head.sha !== head) return { kind: 'moved', head: pull.head.sha };\n",
      without: '',
    },
    {
      name: 'what is merged without a commit is not known to be merged',
      text: 'answer: z.object({ merged: z.literal(true), sha:',
      without: 'answer: z.object({ merged: z.boolean(), sha:',
    },
  ]),
  ...guardsOf({ file: 'src/github/pulls.ts', tests: pulls }, [
    {
      name: 'a pull request of other branches is not taken for this one',
      text: 'pull.head.ref === of.head && pull.base.ref === of.base && isOfRepository(pull)',
      without: 'isOfRepository(pull)',
    },
  ]),
  {
    name: 'a pull request that is open already is not opened again',
    file: 'src/github/pulls.ts',
    text: 'isInvalid(error) ? await openPullRequest(repository, request, options) : undefined;',
    without: 'isInvalid(error) ? undefined : undefined;',
    tests: lost,
  },
  ...guardsOf({ file: 'src/github/revert.ts', tests: reverts }, [
    {
      name: 'only what is merged is taken back',
      text: 'if (!pull.merged) {',
      without: "if (title === '') {",
    },
    {
      name: 'what takes it back already is looked for first',
      text: '        before ??\n',
      without: '',
    },
    {
      name: 'one that was given up is not taken for the one that takes it back',
      text: "    (pull.state === 'open' || pull.merged_at != null);",
      without: "    (pull.state === 'open' || pull.state === 'closed');",
    },
    {
      name: 'one of a fork is not taken for the one that takes it back',
      text: '    isOfRepository(pull) &&\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/github/workflow-runs.ts', tests: builds }, [
    {
      name: 'a run that cannot be cancelled is not called cancelled',
      text: "        if (status !== 'completed') throw error;\n",
      without: '',
    },
  ]),
  {
    name: 'no workflow is started on a commit',
    file: 'src/github/workflow-runs.ts',
    text: 'if (isRefName(ref) && !isSha(ref)) return;',
    without: 'if (isRefName(ref)) return;',
    tests: ['test/contracts/code-host-emulate.test.ts'],
  },
  ...guardsOf({ file: 'src/github/send.ts', tests: builds }, [
    {
      name: 'a write whose outcome nobody knows is not sent again',
      text: '    ...(isWrite && { retries: 0 }),\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/github/job-log.ts', tests: builds }, [
    {
      name: 'where a log is kept gets nothing of what Forge signs in with',
      text: '    mayRedirect: true as const,\n',
      without: '',
    },
  ]),
  ...guardsOf({ file: 'src/github/flight.ts', tests: silence }, [
    {
      name: 'after an abort no write is sent',
      text: '    signal.throwIfAborted();\n    isOut = true;',
      without: '    isOut = true;',
    },
    {
      name: 'a write that is out is not cut: GitHub would carry it out later',
      text: '    if (!isOut) reject(signal.reason);\n',
      without: '    reject(signal.reason);\n',
    },
    {
      name: 'GitHub has only so long to answer',
      text: 'const response = await fetch(address, { ...init, signal });\n    return whole(response);',
      without: 'const response = await fetch(address, init);\n    return whole(response);',
    },
  ]),
  {
    name: 'a write is not sent on to where a repository has moved',
    file: 'src/github/flight.ts',
    text: "await fetch(address, { ...init, redirect: 'manual' });",
    without: 'await fetch(address, init);',
    tests: ['test/github/refusals.test.ts'],
  },
  ...guardsOf({ file: 'src/github/deployments.ts', tests: deployments }, [
    {
      name: 'GitHub merges nothing because of a deployment',
      text: 'auto_merge: false,',
      without: 'auto_merge: true,',
    },
    {
      name: 'GitHub refuses no deployment because of its checks',
      text: '          required_contexts: [],\n',
      without: '',
    },
    {
      name: 'a deployment is recorded once',
      text: '      if (there !== undefined) return { id: there };\n',
      without: '',
    },
    {
      name: 'the newest of what was recorded counts',
      text: 'right.id - left.id)[0]',
      without: 'left.id - right.id)[0]',
    },
    {
      name: 'what is recorded already is not recorded again',
      text: '      if (newest !== undefined && isSame(newest, wanted)) return;\n',
      without: '',
    },
    {
      name: 'a deployment of one service does not make another’s inactive',
      text: 'auto_inactive: false',
      without: 'auto_inactive: true',
    },
    {
      name: 'a deployment of somebody else is not taken for Forge’s',
      text: 'forgeIn(payload) === forge;',
      without: 'forgeIn(payload) !== undefined;',
    },
  ]),
  ...guardsOf({ file: 'src/github/git-access.ts', tests: signingIn }, [
    {
      name: 'git does not carry the token where everybody could read it',
      text: '      requireSafe(url, repository);\n',
      without: '',
    },
    {
      name: 'the address that git is given holds no token',
      text: 'url: withoutCredentials(url), header,',
      without: 'url, header,',
    },
  ]),
  ...guardsOf({ file: 'src/github/connections.ts', tests: signingIn }, [
    {
      name: 'what git signs in with opens one repository',
      text: 'repositoryNames: [partsOf(repository).repo], ',
      without: '',
    },
    {
      name: 'what git signs in with can read code alone',
      text: ", permissions: { contents: 'read' } };",
      without: ' };',
    },
  ]),
  ...guardsOf({ file: 'src/github/errors.ts', tests: toItself }, [
    {
      name: 'what is thrown holds nothing of what was sent to GitHub',
      text: 'const cause = new GithubAnswered(answered, until);',
      without: 'const cause = Object.assign(new GithubAnswered(answered, until), { cause: error });',
    },
    {
      name: 'what is thrown where nobody answered holds nothing of what was sent to GitHub',
      text: 'const cause = causes.at(1) ?? new Error(String(error));',
      without: 'const cause = causes.at(0) ?? new Error(String(error));',
    },
  ]),
  {
    name: 'what OpenSSL says of a private key is not told: it may hold a part of it',
    file: 'src/github/credentials.ts',
    text: "      'The private key of the GitHub App is none.",
    without: "      privateKey + 'The private key of the GitHub App is none.",
    tests: signingIn,
  },
  ...guardsOf({ file: 'src/github/limits.ts', tests: limits }, [
    {
      name: 'who was told to wait asks no more',
      text: '      if (until > now()) throw limited(what, until);\n',
      without: '',
    },
    {
      name: 'a limit is not taken for a missing permission',
      text: 'const isLimit = status === 429 || /rate limit|abuse detection/i.test(saidIn(data));',
      without: 'const isLimit = false;',
    },
  ]),
  {
    name: 'a missing permission is found before it is missed',
    file: 'src/github/setup-problems.ts',
    text: "return access === 'read' ? given !== undefined : given === 'write' || given === 'admin';",
    without: 'return given !== undefined;',
    tests: ['test/github/setup-problems.test.ts'],
  },
  ...guardsOf({ file: 'src/github/reviewers.ts', tests: pulls }, [
    {
      name: 'who has reviewed is not asked again, which would take back what they said',
      text: 'const missing = wanted.filter((one) => !done.has(keyOf(one)));',
      without: 'const missing = wanted;',
    },
  ]),
];
