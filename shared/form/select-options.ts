import type { DocField } from '../erp/docfield';

/** The options of a Select, a line each. A leading empty line, which lets a person choose nothing, is kept as ''. */
export function selectOptions(field: DocField): string[] {
  const lines = (field.options ?? '').split('\n').map((line) => line.trim());
  const filled = lines.filter((line, index) => line !== '' || index === 0);
  return filled.length === 1 && filled[0] === '' ? [] : [...new Set(filled)];
}
