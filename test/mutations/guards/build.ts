// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source
import { type Guard, guardsOf } from '../guard.ts';

const build = ['test/jobs/build.test.ts'];
const wherever = ['test/jobs/build.test.ts', 'test/jobs/image-wherever.test.ts'];
const over = ['test/jobs/build.test.ts', 'test/jobs/built-over.test.ts'];
const standing = ['test/domain/made-ready.test.ts', 'test/domain/agreed-and-built.test.ts'];
const before = ['test/domain/before-the-start.test.ts', 'test/domain/agreed-and-built.test.ts'];

/** That an image is made once, of exactly the commit, is seen to be of it, and that nothing goes on making what nobody wants. */
export const imageBuild: readonly Guard[] = [
  ...guardsOf({ file: 'jobs/preparing/start-run.ts', tests: build }, [
    {
      name: 'the run is looked for before it is asked for',
      text: '      if (found !== undefined)\n        return {',
      without: '      if (number < 0)\n        return {',
    },
    {
      name: 'what may have been heard is not asked for again at once',
      text: '        askAfter = clock.now() + SHOWS_WITHIN;\n',
      without: '',
    },
    {
      name: 'exactly the commit that was asked for is built',
      text: "commit: plan.to.commit ?? ''",
      without: "commit: 'main'",
    },
  ]),
  {
    name: 'what was accepted is not asked for again',
    file: 'jobs/preparing/start-run.ts',
    text: '        askAfter = Number.POSITIVE_INFINITY;\n',
    without: '        askAfter = 0;\n',
    tests: ['test/jobs/build-asked-once.test.ts'],
  },
  {
    name: 'a run that may have been asked for before a kill is waited for before it is asked for again',
    file: 'jobs/preparing/start-run.ts',
    text: 'const isLate = mayHaveBegun || clock.now() - startedAt > FIRST_WITHIN;',
    without: 'const isLate = false;',
    tests: ['test/jobs/build-asked-once.test.ts'],
  },
  ...guardsOf({ file: 'jobs/preparing/follow-build.ts', tests: build }, [
    {
      name: 'a run that failed or was cancelled has made no image',
      text: "if (run.state === 'failed' || run.state === 'cancelled') {",
      without:
        "if (run.state === 'failed' || run.state === 'cancelled') return { kind: 'passed' };\n    if (run.state === 'failed') {",
    },
    {
      name: 'a run that takes longer than it may is cancelled',
      text: '      await codeHost.cancelRun(repository, id, { signal });\n',
      without: '',
    },
    {
      name: 'an image without the label of its commit is not taken',
      text: "if (image.kind === 'there' && image.isLabelled) {",
      without: "if (image.kind === 'there') {",
    },
  ]),
  ...guardsOf({ file: 'jobs/preparing/image-of.ts', tests: wherever }, [
    {
      name: 'an image that says it is of another commit is not taken',
      text: '  if (image.revision === undefined || image.revision === commit) return undefined;\n',
      without: '  if (image.kind !== undefined) return undefined;\n',
    },
    {
      name: 'an image that is archived is not taken',
      text: "if (image.status === 'archived') {",
      without: "if (image.kind === 'absent') {",
    },
    {
      name: 'an image has to be in every region it is to run in',
      text: 'if (missing.length > 0) {',
      without: 'if (missing.length === regions.length) {',
    },
    {
      name: 'an image has to be labelled in every region',
      text: 'regions.every((region) => isLabelledIn(found[region]))',
      without: 'regions.some((region) => isLabelledIn(found[region]))',
    },
    {
      name: 'an image that cannot be pulled yet is not there',
      text: "image?.kind === 'present' && image.status === 'active') digests",
      without: "image?.kind === 'present') digests",
    },
  ]),
  ...guardsOf({ file: 'jobs/cancel-build.ts', tests: build }, [
    {
      name: 'what nobody waits for is not built on',
      text: '        await codeHost.cancelRun(repository, run, { signal });\n',
      without: '',
    },
    {
      name: 'what nobody waits for is not built on, though nobody knows its run yet',
      text: 'build.run ?? (await codeHost.findRun(repository, of, { signal }))?.id;',
      without: 'build.run;',
    },
  ]),
  ...guardsOf({ file: 'jobs/preparing/make-image.ts', tests: over }, [
    {
      name: 'an image that somebody has made is not made again',
      text: "    case 'there':\n      return plan(context, round, reached);\n    case 'wrong':",
      without:
        "    case 'there':\n      return carryOut(context, tell('begin', { type: 'build-started', correlation, workflow }), round);\n    case 'wrong':",
    },
    {
      name: 'an image that must not be deployed is not built over',
      text: "    case 'wrong':\n      return refused(`${image.says} Nothing was changed.`);",
      without:
        "    case 'wrong':\n      return carryOut(context, tell('build', { type: 'build-started', correlation, workflow }), round);",
    },
  ]),
  ...guardsOf({ file: 'jobs/preparing/make-ready.ts', tests: build }, [
    {
      name: 'nothing is built before its checks have passed',
      text: 'return nextCheck(situation, looks) ?? nextOfBuild(situation);',
      without: 'return nextOfBuild(situation) ?? nextCheck(situation, looks);',
    },
  ]),
  {
    name: 'people are asked about an image that is known',
    file: 'jobs/preparing/next-act.ts',
    text: '  if (readied !== undefined) return readied;\n',
    without: "  if (readied !== undefined && readied.kind !== 'build') return readied;\n",
    tests: build,
  },
  ...guardsOf({ file: 'jobs/preparing/replan.ts', tests: build }, [
    {
      name: 'what is planned names exactly the image that was seen',
      text: 'const to = { ...plan.to, digests: image.digests };',
      without: 'const to = { ...plan.to };',
    },
  ]),
  ...guardsOf({ file: 'jobs/prepare.ts', tests: build }, [
    {
      name: 'a build is cancelled when what it is for is aborted',
      text: '      if (isBuilding.now) await cancelBuild(context, world);\n    });',
      without: '    });',
    },
    {
      name: 'a build is cancelled when what it is for ends by itself',
      text: '    if (isBuilding.now) await cancelBuild(context, world);\n  } catch',
      without: '  } catch',
    },
  ]),
  ...guardsOf({ file: 'src/domain/build-standing.ts', tests: standing }, [
    {
      name: 'an image that is missing in one region is missing',
      text: 'regionsOf(plan).every((region) => plan.to.digests[region] !== undefined);',
      without: 'regionsOf(plan).some((region) => plan.to.digests[region] !== undefined);',
    },
    {
      name: 'a rollback waits for no image',
      text: 'if (undoes !== undefined || isKnown) return',
      without: 'if (isKnown) return',
    },
    {
      name: 'another try of a build is another run',
      text: 'correlation: `forge-${number}-${build?.attempt ?? 1}`',
      without: 'correlation: `forge-${number}`',
    },
    {
      name: 'a build that failed is over at its deadline',
      text: "if (now < build.deadline) return { kind: 'blocked', ...timesOf(build) };",
      without: "if (now < Number.POSITIVE_INFINITY) return { kind: 'blocked', ...timesOf(build) };",
    },
  ]),
  ...guardsOf({ file: 'src/domain/evolve-schedule.ts', tests: before }, [
    {
      name: 'who scheduled a commit has not agreed to another',
      text: 'commit !== undefined && commit === to.commit && Object',
      without: 'Object',
    },
    {
      name: 'who scheduled an image has not agreed to another of the same commit',
      text: ' && Object.keys(digests).length === 0;',
      without: ';',
    },
  ]),
  ...guardsOf(
    {
      file: 'src/domain/evolve-build.ts',
      tests: ['test/domain/checks-folded.test.ts', 'test/domain/agreed-and-built.test.ts'],
    },
    [
      {
        name: 'the run of a build before is not taken for that of the next',
        text: 'const { run: _ofBefore, url: _address, ...again } = known;',
        without: 'const again = known;',
      },
      {
        name: 'after a build that failed a button means something else',
        text: "build: { ...known, ...where, ...found, state: 'failed', endedAt: at },\n        generation: generation + 1,",
        without:
          "build: { ...known, ...where, ...found, state: 'failed', endedAt: at },\n        generation,",
      },
    ],
  ),
];
