import type { Impact } from './impact.ts';
import { markdownCode, markdownText } from './markdown.ts';
import { titleOf } from './pull-request-title.ts';
import { shortCommit } from './shipment.ts';
import type { Risk } from './shipment-risk.ts';

/** GitHub takes no longer one. UTF-16 units, the stricter way to count. */
const LONGEST_BODY = 65_536;
const MOST_LINES = 50;
const BEGIN = '<!-- forge: from here on Forge writes -->';
const END = '<!-- forge: up to here -->';

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
  additions: number;
  deletions: number;
  risk: Risk;
  checks: readonly { name: string; says: string }[];
  /** Logins. */
  approvedBy: readonly string[];
  reviewsWanted: number;
  /** Of the shipment: `S12`. */
  shipment: string;
  /** Link to its Slack message, where it is known. */
  slack?: string;
};

/** Forge’s part of a description. Whatever others wrote of it is escaped, so that no markup, mention or reference comes of it. */
export function pullRequestPart(content: PullRequestContent): string {
  const sections = [
    ['Summary', summary(content)],
    ['Impact', content.impacts.map(impactLine)],
    ['Changes', changes(content)],
    ['Files', files(content)],
    [
      'Risk',
      [`**${content.risk.level}**`, '', ...content.risk.reasons.map((reason) => `- ${markdownText(reason)}`)],
    ],
    [
      'Checks',
      content.checks.map(
        ({ name, says }) => `- :white_check_mark: ${markdownText(name)}: ${markdownText(says)}`,
      ),
    ],
    ['Approvals', [approvals(content)]],
  ] as const;
  const shown = sections.filter(([, lines]) => lines.length > 0);
  const text = shown.map(([title, lines]) => `## ${title}\n\n${lines.join('\n')}`).join('\n\n');
  return `${text}\n\n---\n\n${origin(content)}`;
}

/** A description with Forge’s part in it; what people wrote around it stays as it is. */
export function withPart(body: string, part: string): string {
  const { before, after } = around(body);
  const room = LONGEST_BODY - before.length - after.length - BEGIN.length - END.length - 2;
  const kept =
    part.length <= room
      ? part
      : `${part.slice(0, Math.max(0, room - 2)).replace(/[\uD800-\uDBFF]$/u, '')}\n…`;
  return `${before}${BEGIN}\n${kept}\n${END}${after}`;
}

/** What stands before and after Forge’s part. Where it is not there, or only half of it, it goes to the end. */
function around(body: string): { before: string; after: string } {
  const start = body.indexOf(BEGIN);
  const end = start === -1 ? -1 : body.indexOf(END, start);
  if (end !== -1) return { before: body.slice(0, start), after: body.slice(end + END.length) };
  const written = body.replaceAll(BEGIN, '').replaceAll(END, '').trimEnd();
  return { before: written === '' ? '' : `${written}\n\n`, after: '' };
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
  const listed = content.files.slice(0, MOST_LINES);
  const others = content.files.length - listed.length;
  const count = content.files.length === 1 ? '1 file' : `${content.files.length} files`;
  return [
    `${count} changed, ${content.additions} lines added, ${content.deletions} removed`,
    '',
    ...listed.map(({ path, additions, deletions }) => `- ${markdownCode(path)} +${additions} −${deletions}`),
    ...(others > 0 ? [`- … and ${others} more`] : []),
  ];
}

function approvals({ approvedBy, reviewsWanted }: PullRequestContent): string {
  const by =
    approvedBy.length === 0
      ? 'Nobody has approved it yet'
      : `Approved by ${approvedBy.map((login) => markdownCode(login)).join(', ')}`;
  const wanted = reviewsWanted === 1 ? '1 other person has' : `${reviewsWanted} other people have`;
  return reviewsWanted === 0 ? `${by}; nobody has to.` : `${by}; ${wanted} to.`;
}

function origin({ shipment, slack }: PullRequestContent): string {
  const link =
    slack === undefined || !/^https:\/\/[\w.-]+\/[\w./?=&%-]*$/u.test(slack)
      ? ''
      : `, [followed in Slack](${slack})`;
  return `Opened by Forge as ${shipment}${link}. What is written above or below this part stays.`;
}
