import type { Guard } from '../guard.ts';

const decision = 'src/domain/permission.ts';
const policy = 'src/domain/people-policy.ts';
const slack = 'src/slack/people.ts';
const userGroups = 'src/slack/user-groups.ts';
const authorise = 'commands/authorise.ts';

const inDomain = ['test/domain/permission.test.ts', 'test/domain/people-policy.test.ts'];
const ofSlack = ['test/slack/people.test.ts'];
const ofPeople = ['test/commands/people.test.ts'];
const typed = ['test/commands/authorise.test.ts'];

/** Who may use Forge at all, and what a role allows where. */
export const permission: readonly Guard[] = [
  admitted('guest', 'guests may not use Forge'),
  admitted('stranger', 'strangers of shared channels may not use Forge'),
  {
    name: 'bots may not use Forge',
    file: decision,
    text: "return denied('Bots may not use Forge. A person has to ask.');",
    without: "return { kind: 'allowed' };",
    tests: inDomain,
  },
  {
    name: 'deactivated people may not use Forge',
    file: decision,
    text: "return denied('Your Slack account is deactivated. Ask a workspace admin to activate it again.');",
    without: "return { kind: 'allowed' };",
    tests: inDomain,
  },
  {
    name: 'whom Slack does not know may not use Forge',
    file: decision,
    text: "return denied('Slack does not know you in this workspace. Ask a member of the workspace to do this.');",
    without: "return { kind: 'allowed' };",
    tests: inDomain,
  },
  {
    name: 'people of other workspaces are strangers',
    file: slack,
    text: "if (user.is_stranger || !isOurs) return 'stranger';",
    without: "if (user.is_stranger) return 'stranger';",
    tests: ofSlack,
  },
  {
    name: 'who Slack says is a stranger is one, whatever the workspace',
    file: slack,
    text: "if (user.is_stranger || !isOurs) return 'stranger';",
    without: "if (!isOurs) return 'stranger';",
    tests: ofSlack,
  },
  {
    name: 'deactivated people are known as such',
    file: slack,
    text: "if (user.deleted) return 'deactivated';",
    without: '',
    tests: ofSlack,
  },
  {
    name: 'bots are known as such',
    file: slack,
    text: "if (user.is_bot || user.id === 'USLACKBOT') return 'bot';",
    without: '',
    tests: ofSlack,
  },
  {
    name: 'guests of several channels are guests',
    file: slack,
    text: 'user.is_restricted || user.is_ultra_restricted',
    without: 'user.is_ultra_restricted',
    tests: ofSlack,
  },
  {
    name: 'guests of one channel are guests',
    file: slack,
    text: 'user.is_restricted || user.is_ultra_restricted',
    without: 'user.is_restricted',
    tests: ofSlack,
  },
  {
    name: 'an e-mail address decides only where Slack has confirmed it',
    file: slack,
    text: 'user.is_email_confirmed ? user.profile?.email : undefined',
    without: 'user.profile?.email',
    tests: ofSlack,
  },
  {
    name: 'who may not use Forge may not type, press or send anything',
    file: 'commands/dispatch.ts',
    text: "  if (admission.kind === 'denied') throw new UserError(admission.reason);\n",
    without: '',
    tests: ofPeople,
  },
  {
    name: 'who may not use Forge does not see what runs where on their Home',
    file: 'commands/homes.ts',
    text: "admission.kind === 'denied'\n        ? closedHomeView(admission.reason)\n        : await drawHome(admission.person,",
    without: 'await drawHome(admission.person ?? { id: userId },',
    tests: ofPeople,
  },
  {
    name: 'every command asks whether the person may',
    file: 'commands/dispatch.ts',
    text: '    await authorise(person, { act: command.act, ...place }, { policy: forge.policy, people });\n',
    without: '',
    tests: typed,
  },
  {
    name: 'a role allows its own acts only',
    file: decision,
    text: '.some((role) => allows(role, act))) return',
    without: '.length > 0) return',
    tests: inDomain,
  },
  {
    name: 'what a service in an environment says of a role counts before its environment',
    file: policy,
    text: 'service === undefined ? undefined : services[service]?.[environment]',
    without: 'undefined',
    tests: inDomain,
  },
  {
    name: 'what an environment says of a role counts before the company',
    file: policy,
    text: '          environments[environment],\n          all,',
    without: '          all,',
    tests: inDomain,
  },
  {
    name: 'a role is given to the id of a person, not to what looks like the id of a group',
    file: policy,
    text: 'return isGroup(subject) ? groups.includes(subject) : subject === id;',
    without: 'return groups.includes(subject) || subject === id;',
    tests: inDomain,
  },
  {
    name: 'nobody votes for what everyone has only because policy is silent',
    file: policy,
    text: 'const said = nearest(place, policy, ({ everyone }) => everyone);\n  const role',
    without: 'const said = everyoneIn(place, policy);\n  const role',
    tests: inDomain,
  },
  {
    name: 'to be an admin is no vote',
    file: policy,
    text: 'ROLES.filter((one) => covers(one, role))',
    without: 'ROLES.filter(() => true)',
    tests: [...inDomain, 'test/use-cases/vote.test.ts', 'test/use-cases/vote-refused.test.ts'],
  },
  {
    name: 'groups nobody knows of are a denial, not nobody’s groups',
    file: authorise,
    text: 'return known(people.groupsOf(id, { fresh }));',
    without: 'return people.groupsOf(id, { fresh }).catch(() => []);',
    tests: typed,
  },
  {
    name: 'silence of Slack about groups is no empty answer',
    file: userGroups,
    text: 'if (!(error instanceof WebAPIRateLimitedError)) throw new Error(SILENT, { cause: error });',
    without: 'if (!(error instanceof WebAPIRateLimitedError)) return new Map();',
    tests: ofSlack,
  },
  {
    name: 'groups are known for five minutes at most',
    file: userGroups,
    text: 'age < (fresh ? FRESH_MS : CACHE_MS)',
    without: 'age < (fresh ? FRESH_MS : Infinity)',
    tests: ofSlack,
  },
  {
    name: 'groups are asked again when it matters',
    file: userGroups,
    text: 'age < (fresh ? FRESH_MS : CACHE_MS)',
    without: 'age < CACHE_MS',
    tests: ofSlack,
  },
  {
    name: 'groups that were switched off count no more',
    file: userGroups,
    text: 'usergroups.filter(({ date_delete }) => date_delete === 0)',
    without: 'usergroups',
    tests: ['test/slack/user-groups.test.ts'],
  },
  {
    name: 'a denial is checked once more with fresh groups',
    file: authorise,
    text: 'const groups = named.length === 0 ? [] : await groupsOf(person, people, true);',
    without: 'const groups = named.length === 0 ? [] : await groupsOf(person, people, false);',
    tests: typed,
  },
  {
    name: 'a denial for want of membership is checked once more',
    file: 'commands/admission.ts',
    text: 'const person = await identified(userId, people, { fresh: true });',
    without: 'const person = known;',
    tests: ofPeople,
  },
  acts('deploy', 'deploy', 'read', typed),
  acts('resume', 'resume', 'deploy', typed),
  acts('happened', 'resume', 'deploy', typed),
  acts('skip', 'skip', 'deploy', typed),
  acts('take-over', 'take-over', 'deploy', typed),
  acts('acknowledge', 'acknowledge', 'read', typed),
  acts('unlock', 'lock', 'read', typed),
  acts('reload', 'configure', 'read', ['test/commands/reload.test.ts']),
  acts('consent', 'consent', 'deploy', ['test/commands/let-start.test.ts']),
  acts('emergency', 'emergency', 'consent', ['test/commands/let-start.test.ts']),
  acts('review', 'review', 'read', typed),
  acts('freeze', 'freeze', 'deploy', typed),
  acts('unfreeze', 'freeze', 'deploy', typed),
  acts('lock', 'lock', 'read', typed),
  acts('schedule', 'schedule', 'read', typed),
  acts('reschedule', 'schedule', 'read', typed),
  acts('unschedule', 'schedule', 'read', typed),
  acts('confirm', 'schedule', 'read', typed),
  acts('rollback', 'rollback', 'read', typed),
  acts('abort', 'abort', 'read', typed),
  acts('pause', 'pause', 'read', typed),
];

function admitted(kind: string, name: string): Guard {
  return {
    name,
    file: decision,
    text: `    case '${kind}':\n`,
    without: `    case '${kind}':\n      return { kind: 'allowed' };\n`,
    tests: inDomain,
  };
}

/** A command that asks for less than it should. */
function acts(command: string, act: string, less: string, tests: readonly string[]): Guard {
  return {
    name: `\`${command}\` is for those who may ${act}, not for all who may ${less}`,
    file: `commands/${command}.ts`,
    text: `  act: '${act}',\n`,
    without: `  act: '${less}',\n`,
    tests,
  };
}
