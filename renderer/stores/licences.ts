import { z } from 'zod';

const licenceList = z.array(z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() }));

/** One package that is part of the app. `text`: of its licence. */
export type Licence = z.infer<typeof licenceList>[number];

/** The licences of what this build was made of, which lie beside it; null where the build has no list. */
export async function readLicences(): Promise<Licence[] | null> {
  const answer = await fetch('/assets/licences.json');
  return answer.ok ? licenceList.parse(await answer.json()) : null;
}
