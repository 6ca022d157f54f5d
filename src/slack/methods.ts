/**
 * Every method of Slack's Web API that Forge calls with its bot token, and the scopes it needs there.
 * The type of `callSlack` admits no other method, and a test compares the scopes with manifest.yml.
 */
const methodScopes = {
  'auth.test': [],
  'chat.postMessage': ['chat:write', 'im:write'],
  'chat.update': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'users.info': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'usergroups.list': ['usergroups:read'],
  'views.open': [],
  'views.update': [],
  'views.publish': [],
} as const satisfies Record<string, readonly string[]>;

export type Method = keyof typeof methodScopes;

/** Scopes of what Slack sends to Forge, rather than of what Forge asks. */
const receivingScopes = ['commands'];

/** Everything the app must be granted, in alphabetical order. */
export const neededScopes: readonly string[] = [
  ...new Set([...receivingScopes, ...Object.values(methodScopes).flat()]),
].sort();
