// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the source
import { type Guard, guardsOf } from '../guard.ts';

const image = ['test/checks/image.test.ts', 'test/checks/doubtful.test.ts'];
const scan = ['test/checks/scan.test.ts'];
const there = ['test/source-control/image-there.test.ts', 'test/source-control/states-since-added.test.ts'];
const label = ['test/source-control/revision-label.test.ts'];
const released = ['test/use-cases/find-release.test.ts'];

/** That the image is the one of the commit, wherever it is to run, and what its scan came to. */
export const imageChecks: readonly Guard[] = [
  ...guardsOf({ file: 'src/checks/image.ts', tests: image }, [
    {
      name: 'an image that is nowhere has not passed',
      text: "  if (images.every(({ image }) => image.kind === 'absent')) return absentEverywhere(subject, images);\n",
      without: '',
    },
    {
      name: 'an image has to be in every region',
      text: "  if (image.kind === 'absent') {",
      without: "  if (image.kind === 'absent') return undefined;\n  if (image.kind === 'absent') {",
    },
    {
      name: 'an image that is archived cannot be pulled',
      text: "    case 'archived': {",
      without: "    case 'archived':\n      return undefined;\n    case 'archived_': {",
    },
    {
      name: 'an image that comes back from its archive cannot be pulled yet',
      text: "    case 'activating': {",
      without: "    case 'activating':\n      return undefined;\n    case 'activating_': {",
    },
    {
      name: 'an image says itself which commit it was made from',
      text: '  if (revision === commit) return undefined;\n  if (revision === undefined) {',
      without:
        '  if (revision === commit) return undefined;\n  if (revision === undefined) return undefined;\n  if (revision === undefined) {',
    },
    {
      name: 'an image of another commit has not passed, whatever its tag says',
      text: '  if (revision === commit) return undefined;\n',
      without: '  if (revision !== undefined) return undefined;\n',
    },
    {
      name: 'an image has not passed where the service runs nowhere',
      text: 'if (images.length === 0) {',
      without: 'if (images.length < 0) {',
    },
    {
      name: 'what is certain is told before what may still come',
      text: "const order = ['failed', 'unknown', 'waiting'];",
      without: "const order = ['waiting', 'unknown', 'failed'];",
    },
  ]),
  ...guardsOf({ file: 'src/checks/images.ts', tests: image }, [
    {
      name: 'a region of which the registry says nothing has no image',
      text: "image: found[region] ?? { kind: 'absent' } }));",
      without: 'image: found[region] })).filter(({ image }) => image !== undefined);',
    },
  ]),
  ...guardsOf({ file: 'src/checks/scan.ts', tests: scan }, [
    {
      name: 'no more weaknesses than the policy allows',
      text: 'limited.filter(({ found, limit }) => !(found <= limit));',
      without: 'limited.filter(({ found, limit }) => !(found <= limit + 9));',
    },
    {
      name: 'a number that is none is not within the limits',
      text: 'limited.filter(({ found, limit }) => !(found <= limit));',
      without: 'limited.filter(({ found, limit }) => found > limit);',
    },
    {
      name: 'what nobody has rated may be as bad as anything',
      text: '!(found + unrated <= limit)',
      without: '!(found <= limit)',
    },
    {
      name: 'a scan that runs has found nothing yet',
      text: "    case 'running': {",
      without: "    case 'running':\n      return undefined;\n    case 'running_': {",
    },
    {
      name: 'a scan that was never run, failed or is too old has not passed',
      text: "    case 'none':\n",
      without: "    case 'none':\n    case 'failed':\n    case 'expired':\n      return undefined;\n",
    },
    {
      name: 'an image of an unknown kind has not passed its scan',
      text: "    case 'unsupported':\n",
      without:
        "      return { kind: 'unknown', says: '' };\n    case 'unsupported':\n      return undefined;\n",
    },
    {
      name: 'what is not there was not scanned',
      text: "  if (image.kind === 'absent') {",
      without: "  if (image.kind === 'absent') return undefined;\n  if (image.kind === 'absent') {",
    },
  ]),
  {
    name: 'who allows a weakness does not allow more of what is worse',
    file: 'src/config/check-of.ts',
    text: 'limit = written[severity] ?? limit;',
    without: 'limit = written[severity];',
    tests: ['test/config/checks.test.ts'],
  },
  ...guardsOf({ file: 'src/source-control/image-there.ts', tests: there }, [
    {
      name: 'a state of an image that AWS has added since is not active',
      text: "return imageStatus === 'ACTIVATING' ? 'activating' : 'archived';",
      without: "return imageStatus === 'ARCHIVED' ? 'archived' : 'active';",
    },
    {
      name: 'an image is absent only where the registry says so',
      text: 'if (error instanceof PlatformRefused && isNotFound(error.cause)) return undefined;',
      without: 'if (error instanceof Error) return undefined;',
    },
  ]),
  ...guardsOf({ file: 'src/source-control/scan.ts', tests: there }, [
    {
      name: 'a state of a scan that AWS has added since is not complete',
      text: '  // A status that AWS has added since.\n  return failedOf(status, description);',
      without: '  return completeOf({});',
    },
    {
      name: 'a scan that has told nothing yet is not one that found nothing',
      text: "if (imageScanFindings === undefined) return { kind: 'running', says: 'has not told its findings yet' };",
      without: 'if (imageScanFindings === undefined) return completeOf({});',
    },
    {
      name: 'a severity nobody knows may be any',
      text: "else if (name !== 'INFORMATIONAL') unrated += count;",
      without: "else if (name === '') unrated += count;",
    },
    {
      name: 'a scan that Forge may not read is not one that found nothing',
      text: "return { kind: 'failed', says: `cannot be read: ${error.message}` };",
      without: 'return completeOf({});',
    },
  ]),
  ...guardsOf({ file: 'src/source-control/revision-label.ts', tests: label }, [
    {
      name: 'images of an index that differ are of no commit',
      text: 'if (said.size === 1) return revisions[0];',
      without: 'if (said.size >= 1) return revisions[0];',
    },
    {
      name: 'an image of an index that says nothing is of no commit',
      text: "new Set(revisions.map((revision) => revision ?? 'none'));",
      without: 'new Set(revisions.filter((revision) => revision !== undefined));',
    },
  ]),
  ...guardsOf({ file: 'src/source-control/download.ts', tests: label }, [
    {
      name: 'what comes is exactly what was asked for',
      text: "`sha256:${createHash('sha256').update(bytes).digest('hex')}` === wanted.digest",
      without: "wanted.digest !== ''",
    },
    {
      name: 'only an answer that worked is read',
      text: 'if (answer.status !== 200 || answer.body === null) {',
      without: 'if (answer.body === null) {',
    },
  ]),
  ...guardsOf({ file: 'src/use-cases/find-release.ts', tests: released }, [
    {
      name: 'a branch is what it is now, not what the registry has of it',
      text: 'if (isAsked && !isExact && reached.codeHost !== undefined) {',
      without: "if (isAsked && resolution.kind === 'unknown' && reached.codeHost !== undefined) {",
    },
    {
      name: 'what has no image, and nobody makes one of, is not deployed',
      text: '  if (service.build === undefined) throw new ImageMissing(withoutImage(ref, now, request));\n',
      without: '',
    },
    {
      name: 'a branch that is gone is not deployed',
      text: "  if (now.kind === 'absent') return undefined;\n",
      without: '',
    },
    {
      name: 'what is there already is not built',
      text: "  if (built.kind === 'found') return called(built.release, tag);\n",
      without: '',
    },
  ]),
  {
    name: 'a commit that may be of a fork is not deployed',
    file: 'src/use-cases/find-release.ts',
    text: "if (now.kind === 'commit' && request.automatic === undefined) {",
    without: 'if (now.sha === undefined) {',
    tests: released,
  },
  ...guardsOf({ file: 'src/use-cases/own-commit.ts', tests: released }, [
    {
      name: 'a commit that is on no branch and no tag is not deployed',
      text: "    case 'on-none':\n",
      without: "    case 'on-none':\n      return;\n    case undefined:\n",
    },
    {
      name: 'a commit of which nobody can tell whose it is is not deployed',
      text: "    case 'unclear':\n",
      without: "    case 'unclear':\n      return;\n    case undefined:\n",
    },
  ]),
  {
    name: 'what is live already by its commit is not deployed again',
    file: 'src/use-cases/request-deployment.ts',
    text: 'isUnbuilt ? commit !== undefined && commit === asked :',
    without: 'isUnbuilt ? false :',
    tests: ['test/use-cases/live-and-unbuilt.test.ts'],
  },
];
