import type { ServerResponse } from 'node:http';
import { changedFiles } from '../git/changes.ts';
import { logCommits, readCommit } from '../git/commits.ts';
import { resolveCommit } from '../git/refs.ts';
import { type Hub, repositoryNamed } from '../hub.ts';
import type { Pull, Repository } from '../model.ts';
import type { Run } from '../parts.ts';
import { type Html, html } from './html.ts';

const STYLE = `body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
pre { background: #8881; padding: 1rem; overflow: auto } li { margin: .2rem 0 } code { background: #8882 }
@media (prefers-color-scheme: dark) { body { background: #111; color: #ddd } a { color: #8bf } }`;

/** Answers the addresses that people follow from Slack: a pull request, a run, a commit. False for any other. */
export async function answerPage(
  hub: Hub,
  { url, response }: { url: URL; response: ServerResponse },
): Promise<boolean> {
  const match = /^\/github\/([^/]+\/[^/]+)\/(pull|actions\/runs|commit|runs)\/([^/]+)/.exec(url.pathname);
  const [, fullName = '', kind = '', key = ''] = match ?? [];
  const repository = repositoryNamed(hub, fullName);
  if (repository === undefined) return false;
  const content = await contentOf(repository, kind, key);
  const body = content ?? html`<h1>Not found</h1><p>There is nothing like that in ${fullName}.</p>`;
  const page = html`<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>${fullName}</title><style>${{ html: STYLE }}</style>
    <p><b>${fullName}</b> in the sandbox's GitHub</p>${body}`;
  response.writeHead(content === undefined ? 404 : 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'no-store',
  });
  response.end(page.html);
  return true;
}

async function contentOf(repository: Repository, kind: string, key: string): Promise<Html | undefined> {
  switch (kind) {
    case 'pull': {
      const pull = repository.pulls.find(({ number }) => String(number) === key);
      return pull && pullPage(repository, pull);
    }
    case 'actions/runs': {
      const run = repository.runs.find(({ id }) => String(id) === key);
      return run && runPage(run);
    }
    case 'runs': {
      const check = repository.checkRuns.find(({ id }) => String(id) === key);
      return (
        check && html`<h1>${check.name}: ${check.conclusion ?? check.status}</h1><p>${check.title ?? ''}</p>`
      );
    }
    case 'commit': {
      const sha = await resolveCommit(repository.git, key);
      return sha === undefined ? undefined : commitPage(repository, sha);
    }
    default:
      return undefined;
  }
}

async function pullPage(repository: Repository, pull: Pull): Promise<Html> {
  const { title, number, author, head, base, body, reviews, merged } = pull;
  const commits = await logCommits(repository.git, [`${merged?.before ?? base.sha}..${head.sha}`], {
    most: 250,
  });
  const checks = repository.checkRuns.filter(({ sha }) => sha === head.sha);
  const statuses = repository.statuses.filter(({ sha }) => sha === head.sha);
  return html`<h1>${title} #${number}</h1>
    <p><b>${merged === undefined ? pull.state : 'merged'}${pull.isDraft ? ', a draft' : ''}</b>:
    ${author} wants <code>${head.ref}</code> in <code>${base.ref}</code>.</p>
    <pre>${body ?? ''}</pre>
    <h2>Reviews</h2>${list(reviews.map(({ by, state, body: says }) => html`${by}: ${state} ${says}`))}
    <h2>Checks</h2>${list([
      ...checks.map(({ name, conclusion, status }) => html`${name}: ${conclusion ?? status}`),
      ...statuses.map(({ context, state }) => html`${context}: ${state}`),
    ])}
    <h2>Commits</h2>${list(
      commits
        .toReversed()
        .map(
          ({ sha, message, author: by }) =>
            html`<code>${sha.slice(0, 7)}</code> ${message.split('\n')[0] ?? ''} (${by.name})`,
        ),
    )}`;
}

function runPage(run: Run): Html {
  const jobs = run.jobs.map(
    (job) => html`<h2>${job.name}: ${job.conclusion ?? job.status}</h2>
      ${list(job.steps.map((step) => html`${step.name}: ${step.conclusion ?? step.status}`))}
      <pre>${job.log.map(({ text }) => text).join('\n')}</pre>`,
  );
  return html`<h1>${run.displayTitle}</h1>
    <p><b>${run.conclusion ?? run.status}</b>: ${run.workflow.name}, by ${run.actor},
    of <code>${run.sha.slice(0, 7)}</code>.</p>${jobs}`;
}

async function commitPage({ git }: Repository, sha: string): Promise<Html> {
  const { message, author, parents } = await readCommit(git, sha);
  const files = await changedFiles(git, parents[0], sha);
  return html`<h1><code>${sha.slice(0, 12)}</code></h1><pre>${message}</pre>
    <p>${author.name}, ${new Date(author.at).toUTCString()}</p>
    ${list(files.map(({ path, status, additions, deletions }) => html`${status} ${path} +${additions} -${deletions}`))}`;
}

function list(items: readonly Html[]): Html {
  return items.length === 0
    ? html`<p>None.</p>`
    : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}
