import type { Plan } from '../plan/plan.ts';
import type { ResumeOptions } from './apply-options.ts';
import { checkAssumptions } from './check-assumptions.ts';
import { checkEndpoint } from './check-endpoint.ts';
import { type CheckedEndpoint, checkEndpoints } from './check-endpoints.ts';
import type { Progress } from './progress.ts';
import { readIcon } from './read-icon.ts';
import { resolveSecrets } from './resolve-secrets.ts';
import type { Step, StepName } from './step.ts';
import { type SecretValues, type WireBody, wireBody } from './wire-body.ts';

/** What is sent of one provider. */
export interface Prepared {
  readonly secrets: SecretValues;
  readonly body: WireBody;
  readonly icon: Uint8Array | undefined;
}

export interface Preparation {
  /** By the place of the provider in the plan; those of which nothing is left to do are missing. */
  readonly prepared: ReadonlyMap<number, Prepared>;
  readonly checks: readonly CheckedEndpoint[];
}

const needsSecrets: ReadonlySet<StepName> = new Set(['create', 'update', 'remember']);

async function readIcons(plan: Plan, places: ReadonlySet<number>) {
  const icons = new Map<number, Uint8Array>();
  const problems: string[] = [];
  for (const place of places) {
    const icon = plan.providers[place]?.declared.icon;
    if (icon === undefined) continue;
    const read = await readIcon(icon);
    if ('problem' in read) problems.push(read.problem);
    else icons.set(place, read);
  }
  return { icons, problems };
}

/**
 * Everything that can fail before the first request that changes something: looks again at what the plan relies on, reads
 * icons and secrets, and tries the endpoints out. Nothing is prepared of what an earlier run has done.
 *
 * @throws GuardError when the plan is out of date; UsageError for secrets; EndpointCheckError, UnreachableError
 */
export async function prepare(
  plan: Plan,
  steps: readonly Step[],
  progress: Progress,
  options: ResumeOptions,
  signal: AbortSignal,
): Promise<Preparation> {
  const isLeft = (_: Step, index: number): boolean => !progress.done.has(index);
  const placesWith = (left: readonly Step[]): ReadonlySet<number> => new Set(left.map(({ provider }) => provider));
  const left = steps.filter(isLeft);
  const begun = placesWith(steps.filter((_, index) => progress.done.has(index) || progress.unknown === index));
  const ofPlaces = (places: Iterable<number>) =>
    [...places].flatMap((place) => {
      const planned = plan.providers[place];
      return planned === undefined ? [] : [{ place, planned }];
    });

  const { icons, problems } = await readIcons(plan, placesWith(left.filter(({ name }) => name === 'icon')));
  const untouched = ofPlaces(placesWith(left)).filter(({ place }) => !begun.has(place));
  const relied = untouched.map(({ planned }) => planned);
  await checkAssumptions(options.tenant, plan, relied, problems, signal);

  const sending = ofPlaces(placesWith(left.filter(({ name }) => needsSecrets.has(name))));
  const values = await resolveSecrets(
    sending.map(({ planned }) => planned),
    { ...options.secrets, signal },
    options.onSecret,
  );
  const prepared = new Map<number, Prepared>();
  for (const { place, planned } of ofPlaces(placesWith(left))) {
    const secrets = values[sending.findIndex((item) => item.place === place)] ?? new Map<string, string>();
    prepared.set(place, { secrets, body: wireBody(planned, secrets), icon: icons.get(place) });
  }
  const checks = await checkEndpoints(
    sending.map(({ place, planned }) => ({ planned, secrets: prepared.get(place)?.secrets ?? new Map() })),
    {
      check: options.check ?? checkEndpoint,
      acceptFailingChecks: options.acceptFailingChecks ?? [],
      verifyFrom: options.verifyFrom ?? 'here',
      checkReadOnly: options.checkReadOnly ?? false,
      signal,
    },
  );
  return { prepared, checks };
}
