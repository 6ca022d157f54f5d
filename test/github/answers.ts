/** What GitHub answers, as far as the adapter reads it. */

export const sha = 'a'.repeat(40);
export const otherSha = 'b'.repeat(40);

export function aPull(changed: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    number: 7,
    node_id: 'PR_7',
    html_url: 'https://github.com/acme/api/pull/7',
    title: 'Add a banner',
    body: 'Text',
    state: 'open',
    draft: false,
    merged: false,
    merged_at: null,
    mergeable: true,
    mergeable_state: 'clean',
    merge_commit_sha: otherSha,
    merged_by: null,
    user: { login: 'maya-p' },
    labels: [],
    requested_reviewers: [],
    requested_teams: [],
    head: { ref: 'feature/x', sha, repo: { full_name: 'acme/api' } },
    base: { ref: 'main', sha: otherSha, repo: { full_name: 'acme/api' } },
    ...changed,
  };
}

export function aRun(changed: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 42,
    html_url: 'https://github.com/acme/api/actions/runs/42',
    name: 'Deploy',
    display_title: 'Deploy D-12',
    status: 'completed',
    conclusion: 'failure',
    created_at: '2026-01-05T09:00:00Z',
    ...changed,
  };
}

export function aJob(changed: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: 5, name: 'build', status: 'completed', conclusion: 'failure', steps: [], ...changed };
}
