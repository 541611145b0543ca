import { isRecord } from '#contract/json.ts';
import { VIEWER_KINDS } from '#contract/session.ts';
import type { ViewerKind } from '#contract/session.ts';
import { contradictions } from './contradictions.ts';
import { builtInPolicy, defaultBudget } from './defaults.ts';
import type { Scale } from './defaults.ts';
import { readFieldLists } from './field-lists.ts';
import { KINDS_BY_GROUP, groupName } from './groups.ts';
import { parseLocated } from './located-json.ts';
import type { Finding, LocatedJson, PolicyProblem } from './located-json.ts';
import { SEARCH_KINDS } from './profile.ts';
import type { AccessPolicy, ProfileRule } from './profile.ts';
import { formFindings, isPolicyFile, isProfileEntry } from './schema.ts';
import type { PolicyFile, ProfileEntry } from './schema.ts';

/** A group says nothing about a device: a profile that names only groups is never a kiosk's. */
const PEOPLE: readonly ViewerKind[] = VIEWER_KINDS.filter((kind) => kind !== 'kiosk');

/**
 * Reads a policy file (docs/policy.md). Its profiles stand before the built-in ones, so that a kind
 * of viewer that it does not name keeps the safe default.
 *
 * @returns every problem that the file has, in the order of its lines.
 */
export function readPolicyFile(
  text: string,
  scale: Scale,
): { ok: true; policy: AccessPolicy } | { ok: false; problems: PolicyProblem[] } {
  // Windows editors write a byte order mark.
  const json = parseLocated(text.replace(/^\ufeff/, ''));
  if (Array.isArray(json)) return { ok: false, problems: json };
  if (!isPolicyFile(json.value)) {
    return failed([...formFindings(json.value), ...ofSoundProfiles(json.value, scale)], json);
  }
  const { policy, findings } = compile(json.value, scale);
  return findings.length + json.repeated.length > 0 ? failed(findings, json) : { ok: true, policy };
}

function failed(findings: readonly Finding[], { lineOf, repeated }: LocatedJson) {
  const problems = [...repeated, ...findings.map(({ at, message }) => ({ line: lineOf(at), message }))];
  return { ok: false as const, problems: problems.sort((a, b) => a.line - b.line) };
}

/** What the profiles say wrong whose own form is right, in a file where something else's is not. */
function ofSoundProfiles(file: unknown, scale: Scale): Finding[] {
  const entries = isRecord(file) && Array.isArray(file.profiles) ? (file.profiles as unknown[]) : [];
  return entries.flatMap((entry, index) =>
    isProfileEntry(entry) ? compileProfile(entry, `/profiles/${index}`, scale).findings : [],
  );
}

function compile(file: PolicyFile, scale: Scale): { policy: AccessPolicy; findings: Finding[] } {
  const compiled = (file.profiles ?? []).map((entry, index) =>
    compileProfile(entry, `/profiles/${index}`, scale),
  );
  const builtIn = builtInPolicy(scale);
  const budgets = Object.entries(file.limits ?? {}).map(([name, budget]) => ({
    at: `/limits/${name}`,
    budget,
  }));
  return {
    policy: {
      kindGroups: kindGroups(file),
      rules: [...compiled.map(({ rule }) => rule), ...builtIn.rules],
      roles: file.roles ?? {},
      address: file.limits?.address ?? builtIn.address,
      deployment: file.limits?.deployment ?? builtIn.deployment,
    },
    findings: [
      ...compiled.flatMap(({ findings }) => findings),
      ...unreachable(compiled.map(({ rule }) => rule)),
      ...groupsOfTwoKinds(file),
      ...budgets.flatMap(({ at, budget }) => budgetFindings(at, budget)),
    ],
  };
}

function compileProfile(
  entry: ProfileEntry,
  at: string,
  scale: Scale,
): { rule: ProfileRule; findings: Finding[] } {
  const kinds = new Set(entry.kinds ?? PEOPLE);
  const { lists, findings } = readFieldLists(entry, at);
  const profile = {
    name: entry.name,
    shown: new Set(lists.shown.keys()),
    masked: new Set(lists.masked.keys()),
    revealable: new Set(lists.revealable.keys()),
    verifiable: new Set(lists.verifiable.keys()),
    searches: new Set(entry.searches ?? SEARCH_KINDS),
    limits: entry.limits ?? defaultBudget(kinds, scale),
    reasonRequired: entry.reasonRequired ?? false,
    watermark: entry.watermark ?? false,
  };
  const nobody = entry.kinds === undefined && entry.groups === undefined;
  return {
    rule: { kinds, groups: new Set(entry.groups?.map(groupName)), profile },
    findings: [
      ...findings,
      ...(nobody ? [{ at, message: `"${entry.name}" is for nobody: give it "kinds" or "groups"` }] : []),
      ...contradictions(at, kinds, lists),
      ...budgetFindings(`${at}/limits`, entry.limits),
    ],
  };
}

/** A kind that the file does not name keeps the group of its own name. */
function kindGroups({ kinds }: PolicyFile): Map<string, ViewerKind> {
  return new Map(
    KINDS_BY_GROUP.flatMap((kind) => (kinds?.[kind] ?? [kind]).map((group) => [groupName(group), kind])),
  );
}

function groupsOfTwoKinds({ kinds }: PolicyFile): Finding[] {
  const taken = new Map<string, string>();
  return KINDS_BY_GROUP.flatMap((kind) =>
    (kinds?.[kind] ?? [kind]).flatMap((written, index): Finding[] => {
      const group = groupName(written);
      const other = taken.get(group);
      taken.set(group, kind);
      if (other === undefined || other === kind) return [];
      const at = kinds?.[kind] === undefined ? `/kinds/${other}` : `/kinds/${kind}/${index}`;
      return [{ at, message: `"${group}" makes ${other} and ${kind}: name it for one of them` }];
    }),
  );
}

function budgetFindings(at: string, budget: { hour: number; day?: number } | undefined): Finding[] {
  if (budget?.day === undefined || budget.day >= budget.hour) return [];
  return [{ at: `${at}/day`, message: `a day allows less (${budget.day}) than an hour (${budget.hour})` }];
}

/** A profile that others stand before, for every viewer that it names, and names that stand twice. */
function unreachable(rules: readonly ProfileRule[]): Finding[] {
  const taken = new Set<string>();
  const names = new Set<string>();
  return rules.flatMap(({ kinds, groups, profile }, index): Finding[] => {
    const at = `/profiles/${index}`;
    const findings: Finding[] = [];
    if (names.has(profile.name))
      findings.push({ at: `${at}/name`, message: `two profiles are named "${profile.name}"` });
    names.add(profile.name);

    const viewers = [...kinds].flatMap((kind) =>
      (groups.size === 0 ? [''] : [...groups]).map((group) => `${kind}/${group}`),
    );
    if (viewers.every((viewer) => taken.has(viewer))) {
      findings.push({
        at,
        message: `"${profile.name}" never applies: a profile above it is for the same viewers`,
      });
    }
    for (const viewer of viewers) taken.add(viewer);
    return findings;
  });
}
