/** The part of the changelog for a version, or, before it has one, what is not released yet. */
export function releaseNotes(changelog, version) {
  const parts = changelog.split(/^## /m).slice(1);
  const of = (wanted) => parts.find((part) => part.split('\n')[0].toLowerCase().includes(wanted));
  const part = of(version) ?? of('unreleased') ?? parts[0] ?? '';
  return part.split('\n').slice(1).join('\n').trim();
}
