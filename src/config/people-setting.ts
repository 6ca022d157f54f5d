import { z } from 'zod';
import { isOneLetterOff } from '../domain/nearest.ts';
import { ROLES, type Role } from '../domain/roles.ts';
import { oneOf, shown, words } from './words.ts';

const subject = words({
  what: 'a person or a user group',
  how: 'A person: open the profile in Slack, then ⋮, then "Copy member ID": it begins with U; or write their e-mail address. A group: open People, then the group, then ⋮ and "Copy group ID": it begins with S. Names may change, ids do not.',
  pattern: /^(?:[UWS][A-Z0-9]{2,}|[^\s@]+@[^\s@]+\.[^\s@]+)$/,
});

/** Keys of the roles, as people write them; any other key is a group of its own. */
export const ROLE_KEYS: Readonly<Record<string, Role>> = {
  viewers: 'viewer',
  responders: 'responder',
  deployers: 'deployer',
  approvers: 'approver',
  'release-managers': 'release-manager',
  'incident-commanders': 'incident-commander',
  admins: 'admin',
};

/** A role by the key people write it with. */
export const RoleKey = z
  .string({ error: ({ input }) => roleMessage(input) })
  .refine((key) => Object.hasOwn(ROLE_KEYS, key), { error: ({ input }) => roleMessage(input) });

function roleMessage(input: unknown): string {
  return `${shown(input)} is not a role. Write one of ${Object.keys(ROLE_KEYS).join(', ')}.`;
}

const everyone = oneOf([...ROLES, 'nobody'], (input) => {
  const known = [...ROLES, 'nobody'].join(', ');
  return `${shown(input)} is nothing everyone could be. Write one of ${known}.`;
});

/** A role as people write it, or a group of their own. */
export const GroupName = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, {
  error: ({ input }) =>
    `${shown(input)} is not a name for a role or a group. Use lower-case letters, digits and single dashes, like release-managers or security.`,
});

/** Who has which role: for the whole company, in an environment, or for one service there. */
export const People = z
  .object({ everyone: everyone.optional() })
  .catchall(z.array(subject))
  .superRefine((people, context) => {
    for (const key of Object.keys(people)) {
      for (const message of nameProblems(key)) context.addIssue({ code: 'custom', path: [key], message });
    }
  })
  .describe(
    `Who may do what. Roles: ${Object.keys(ROLE_KEYS).join(', ')}, and everyone; any other name is a group that approvals may be wanted from. Slack ids of people and user groups, or e-mail addresses.`,
  );
export type People = z.infer<typeof People>;

function nameProblems(key: string): string[] {
  const name = GroupName.safeParse(key);
  if (!name.success) return name.error.issues.map(({ message }) => message);
  // One letter only: `reviewers` is a good name for a group, though it is two letters from `viewers`.
  const meant = Object.keys(ROLE_KEYS).find((role) => isOneLetterOff(key, role));
  if (meant === undefined) return [];
  return [`Did you mean \`${meant}\`? By this name it would be a group of its own, which allows nothing.`];
}
