import { z } from 'zod';
import { words } from './words.ts';

const Person = words({
  what: 'the Slack id of a person',
  how: 'In Slack open the profile, then ⋮, then "Copy member ID": it begins with U. Names may change, ids do not.',
  pattern: /^[UW][A-Z0-9]{2,}$/,
});

const PersonOrGroup = words({
  what: 'the Slack id of a person or of a user group',
  how: 'A person: open the profile, then ⋮, then "Copy member ID": it begins with U. A group: open People, then the group, then ⋮ and "Copy group ID": it begins with S.',
  pattern: /^[UWS][A-Z0-9]{2,}$/,
});

/** Who may do what, and who is called. */
export const People = z.strictObject({
  admins: z
    .array(Person)
    .min(1, 'Name at least one person: Forge tells the admins when it cannot get on by itself.')
    .describe('Who is told when Forge itself cannot get on. Slack ids of people.'),
  approvers: z
    .array(Person)
    .default([])
    .describe('Who may end a bake early with skip. Slack ids of people; left out: nobody.'),
  'incident-commanders': z
    .array(PersonOrGroup)
    .default([])
    .describe(
      'Who is called when a rollback does not get on. Slack ids of people or user groups; left out: the admins.',
    ),
});
