import { type ApprovalNeed, openNeeds, type Vote } from '../domain/approval.ts';
import {
  type ActPlace,
  everyOf,
  isEverybodyOf,
  isGroup,
  type PeoplePolicy,
} from '../domain/people-policy.ts';
import { rolesFor } from '../domain/roles.ts';
import { approvalsOf } from './approvals-of.ts';
import { peopleOf } from './people-of.ts';
import { ROLE_KEYS } from './people-setting.ts';
import { placesOf } from './places.ts';
import type { PolicyFile } from './policy-file.ts';
import type { Problem } from './problem.ts';
import { suggestion } from './suggestion.ts';
import type { YamlFile } from './yaml-file.ts';

/** Approvals that could never be given: of people who are not named, or may not vote, or are too few. */
export function approvalProblems(file: PolicyFile, yaml: YamlFile): Problem[] {
  return Object.entries(file.environments).flatMap(([environment, { approvals }]) => {
    if (approvals === undefined) return [];
    const path = ['environments', environment, 'approvals', 'from'];
    const misnamed = Object.keys(approvals.from).flatMap((key) => {
      const message = nameProblem(key, environment, file);
      return message === undefined ? [] : [yaml.problemAt([...path, key], message, 'key')];
    });
    if (misnamed.length > 0) return misnamed;
    const { needs } = approvalsOf(approvals);
    return tooFew(needs, environment, file).map(({ key, message }) =>
      yaml.problemAt([...path, key], message, 'key'),
    );
  });
}

/** Roles whose people may vote at all, as people write them. */
const voting = Object.entries(ROLE_KEYS).flatMap(([key, role]) =>
  rolesFor('vote').includes(role) ? [key] : [],
);

function nameProblem(key: string, environment: string, file: PolicyFile): string | undefined {
  const groups = groupsIn(environment, file);
  if (voting.includes(key) || groups.includes(key)) return undefined;
  if (Object.hasOwn(ROLE_KEYS, key)) {
    return `That role does not vote. Name ${voting.join(', ')}, or a group of your own such as security.`;
  }
  const known = suggestion(key, [...voting, ...groups]);
  return `No role or group under \`people\` is called \`${key}\`. ${known}`;
}

/** The groups that are named for the company, for an environment, or for a service there. */
function groupsIn(environment: string, file: PolicyFile): string[] {
  const { all, environments, services } = peopleOf(file);
  const grants = [all, environments[environment], ...Object.values(services).map((of) => of[environment])];
  return [...new Set(grants.flatMap((of) => Object.keys(of?.groups ?? {})))];
}

type TooFew = { key: string; message: string };

function tooFew(needs: readonly ApprovalNeed[], environment: string, file: PolicyFile): TooFew[] {
  const people = peopleOf(file);
  return placesOf(file)
    .filter((place) => place.environment === environment)
    .flatMap((place) =>
      openNeeds(needs, everyVote(needs, place, people)).map(({ from, count }) => {
        const isNobody = everyOf(from, place, people).length === 0;
        const reason = isNobody
          ? 'nobody is named for it'
          : 'too few people are named, and each counts for one of these only';
        const message = `${place.service} could never be deployed to ${environment}: ${reason}. Name ${count} more under \`people\`, or a user group.`;
        return { key: keyOf(from), message };
      }),
    );
}

/** As many votes as there could be: one of each person named, and as many as are wanted of a user group or of everyone. */
function everyVote(needs: readonly ApprovalNeed[], place: ActPlace, people: PeoplePolicy): Vote[] {
  const names = needs.map(({ from }) => from);
  const wanted = needs.reduce((sum, { count }) => sum + count, 0);
  const subjects = new Set(names.flatMap((name) => everyOf(name, place, people)));
  const votes = [...subjects].flatMap((voter) => {
    const countsFor = names.filter((name) => everyOf(name, place, people).includes(voter));
    return Array.from({ length: isGroup(voter) ? wanted : 1 }, () => voteOf(voter, countsFor));
  });
  const ofEveryone = names.filter((name) => isEverybodyOf(name, place, people));
  return [...votes, ...Array.from({ length: wanted }, () => voteOf('everyone', ofEveryone))];
}

function voteOf(voter: string, countsFor: readonly string[]): Vote {
  return { voter, verdict: 'approve', at: 0, countsFor };
}

function keyOf(name: string): string {
  return Object.entries(ROLE_KEYS).find(([, role]) => role === name)?.[0] ?? name;
}
