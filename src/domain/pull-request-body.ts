import type { Impact } from './impact.ts';
import { markdownCode, markdownText } from './markdown.ts';
import { titleOf } from './pull-request-title.ts';
import { shortCommit } from './shipment.ts';
import type { Risk } from './shipment-risk.ts';

const MOST_LINES = 50;

export type PullRequestContent = {
  /** What somebody said it is for. */
  why?: string;
  /** The deployment whose change it takes back. */
  reverts?: number;
  impacts: readonly Impact[];
  /** The oldest first; `total` also counts those that are not listed. */
  commits: readonly { sha: string; message: string }[];
  total: number;
  files: readonly { path: string; additions: number; deletions: number }[];
  /** Whether these are all files that changed. */
  isWhole: boolean;
  /** Of these files. */
  additions: number;
  deletions: number;
  risk: Risk;
  /** Forge’s own, of its newest commit. */
  checks: readonly CheckShown[];
  /** GitHub’s, of the same commit. */
  hostedChecks: readonly CheckShown[];
  /** Logins. */
  approvedBy: readonly string[];
  reviewsWanted: number;
  /** Of the shipment: `S12`. */
  shipment: string;
  /** Where it is deployed once it is merged. */
  environment?: string;
  /** Link to its Slack message, where it is known. */
  slack?: string;
};

export type CheckShown = { name: string; state: 'passed' | 'failed'; says?: string };

/** Forge’s part of a description. Whatever others wrote of it is escaped, so that no markup, mention or reference comes of it. */
export function pullRequestPart(content: PullRequestContent): string {
  const sections = [
    ['Summary', summary(content)],
    ['Impact', content.impacts.map(impactLine)],
    ['Changes', changes(content)],
    ['Files', files(content)],
    ['Risk', risk(content)],
    ['Checks', content.checks.slice(0, MOST_LINES).map(checkLine)],
    ['Coverage and scan', coverageAndScan(content).map(checkLine)],
    ['Approvals', [approvals(content)]],
  ] as const;
  const shown = sections.filter(([, lines]) => lines.length > 0);
  const text = shown.map(([title, lines]) => `## ${title}\n\n${lines.join('\n')}`).join('\n\n');
  return `${text}\n\n---\n\n${origin(content)}`;
}

function summary({ why, reverts, commits }: PullRequestContent): string[] {
  const [only, another] = commits;
  const said = why ?? (another === undefined && only !== undefined ? titleOf(only.message) : undefined);
  return [
    ...(reverts === undefined ? [] : [`Takes back what deployment ${reverts} brought.`, '']),
    ...(said === undefined
      ? ['Nobody said more than the list of changes does.']
      : [markdownText(said, 3000)]),
  ];
}

function impactLine({ what, before, after }: Impact): string {
  const of = what === '' ? '' : `**${markdownText(what, 100)}**: `;
  return `- ${of}${markdownText(before, 100)} → ${markdownText(after, 100)}`;
}

function changes({ commits, total }: PullRequestContent): string[] {
  const newest = commits.slice(-MOST_LINES);
  const others = total - newest.length;
  return [
    ...(others > 0 ? [`- … ${others} earlier ${others === 1 ? 'commit' : 'commits'}`] : []),
    ...newest.map(
      ({ sha, message }) => `- ${markdownText(titleOf(message), 200)} (${markdownCode(shortCommit(sha))})`,
    ),
  ];
}

function files(content: PullRequestContent): string[] {
  const { isWhole, additions, deletions } = content;
  const listed = content.files.slice(0, MOST_LINES);
  const others = content.files.length - listed.length;
  const changed = `${isWhole ? '' : 'at least '}${counted(content.files.length, 'file')} changed`;
  return [
    `${changed}, ${counted(additions, 'line')} added, ${deletions} removed`,
    '',
    ...listed.map((file) => `- ${markdownCode(file.path)} +${file.additions} −${file.deletions}`),
    ...(others > 0 ? [`- … and ${others} more`] : []),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function risk({ risk: { level, reasons } }: PullRequestContent): string[] {
  return [`**${level}**`, '', ...reasons.map((reason) => `- ${markdownText(reason)}`)];
}

function checkLine({ name, state, says }: CheckShown): string {
  const emoji = state === 'passed' ? ':white_check_mark:' : ':x:';
  const more = says ?? (state === 'passed' ? 'passed' : 'did not pass');
  return `- ${emoji} ${markdownText(name, 100)}: ${markdownText(more)}`;
}

const COVERAGE = /cover(?:age|alls)|codecov/iu;
const SCAN = /\bscan|security|audit|codeql|semgrep|snyk|trivy|dependabot/iu;

/** What is known of either, by what checks are called and say. */
function coverageAndScan({ checks, hostedChecks }: PullRequestContent): CheckShown[] {
  const all = [...checks, ...hostedChecks];
  const told = all.filter(
    ({ name, says = '' }) => COVERAGE.test(name) || SCAN.test(name) || COVERAGE.test(says),
  );
  return told.slice(0, MOST_LINES);
}

function approvals({ approvedBy, reviewsWanted }: PullRequestContent): string {
  const shown = approvedBy.slice(0, MOST_LINES).map((login) => markdownCode(login));
  const by = shown.length === 0 ? 'Nobody has approved it yet.' : `Approved by ${shown.join(', ')}.`;
  const missing = reviewsWanted - approvedBy.length;
  if (missing <= 0) return reviewsWanted === 0 ? `${by} Nobody has to.` : by;
  const more = approvedBy.length === 0 ? '' : 'more ';
  const needed = missing === 1 ? `1 ${more}approval is` : `${missing} ${more}approvals are`;
  return `${by} ${needed} needed, of somebody who did not make the change.`;
}

function origin({ shipment, environment, slack }: PullRequestContent): string {
  const link =
    slack === undefined || !/^https:\/\/[\w.-]+\/[\w./?=&%-]*$/u.test(slack)
      ? ''
      : `, [followed in Slack](${slack})`;
  const then =
    environment === undefined
      ? ''
      : ` Once it is merged, it is deployed to ${markdownText(environment, 100)}.`;
  return `Shipped with Forge as ${shipment}${link}.${then} What is written above or below this part stays.`;
}
