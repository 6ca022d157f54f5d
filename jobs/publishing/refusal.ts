/** What Slack says of a message that can't be edited any more, whatever its content. */
const MESSAGE_GONE: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
]);

/** What Slack says of a channel that takes nothing from Forge any more. */
const CHANNEL_GONE: ReadonlySet<string> = new Set([
  'channel_not_found',
  'not_in_channel',
  'is_inactive',
  'is_archived',
]);

/** What Slack says of Forge itself, whatever it sends: an admin mends it, and then the same call goes through. */
const FORGE_SHUT_OUT: ReadonlySet<string> = new Set([
  'access_denied',
  'accesslimited',
  'account_inactive',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'team_added_to_org',
  'token_expired',
  'token_revoked',
  'two_factor_setup_required',
]);

/** What a refusal is about, which decides whether sending again can help. */
export type RefusedPart = 'message' | 'channel' | 'forge' | 'content';

export function refusedPart(code: string): RefusedPart {
  if (MESSAGE_GONE.has(code)) return 'message';
  if (CHANNEL_GONE.has(code)) return 'channel';
  // An answer that is not Slack's own, such as a proxy's, says nothing about what was sent.
  if (FORGE_SHUT_OUT.has(code) || code.startsWith('http_')) return 'forge';
  return 'content';
}
