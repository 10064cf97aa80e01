import type { Engine } from '../engine/engine';
import { FrappeError } from '../engine/errors';
import type { Person } from '../company/people';

/** Sign-ins that wait for their code, by `tmp_id`, as Frappe keeps them: with the password, for some minutes. */
export type Waiting = Map<string, { user: string; ends: number }>;

const lifeMs = { 'OTP App': 180_000, Email: 300_000, SMS: 300_000 };

const prompts = {
  'OTP App': undefined,
  Email: 'Verification code has been sent to your registered email address.',
  SMS: 'Enter verification code sent to +491******321',
};

/** The question for a code, instead of a session (read in Frappe's `twofactor.py`, not recorded). */
export function askForCode({ random, clock }: Engine, waiting: Waiting, { name, secondFactor }: Person): Record<string, unknown> {
  if (secondFactor === undefined) throw new Error(`${name} has no second factor`);
  const { method } = secondFactor;
  const tmpId = random.hash(8);
  waiting.set(tmpId, { user: name, ends: clock.now() + lifeMs[method] });
  const prompt = prompts[method];
  const told = prompt === undefined ? {} : { token_delivery: true, prompt };
  return { verification: { ...told, method, setup: true }, tmp_id: tmpId };
}

/** Who a code signs in. A wrong one leaves the question open; an ended one has forgotten user and password. */
export function byCode({ people, clock }: Engine, waiting: Waiting, tmpId: string, code: string): Person {
  const one = waiting.get(tmpId);
  if (one === undefined || one.ends <= clock.now()) throw refused('Incomplete login details');
  const person = people.get(one.user);
  if (person?.secondFactor === undefined || person.secondFactor.code !== code) throw refused('Incorrect Verification code');
  waiting.delete(tmpId);
  return person;
}

export const refused = (message: string): FrappeError => new FrappeError('AuthenticationError', '', { extra: { message } });
