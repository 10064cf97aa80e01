import { useI18n } from 'vue-i18n';
import type { DocTypeBundle } from '@shared/erp/doctype';
import type { Operation } from '@shared/sync/outbox-entry';
import { fieldsTouched } from './operation-fields';

const most = 3;

/** An operation in a few words: "New", "Changed Delivery Date, Items", "Comment". */
export function useOperationWords() {
  const { t } = useI18n();

  return (operation: Operation, bundle: DocTypeBundle | undefined): string => {
    if (operation.kind === 'workflow') return t('sync.operation.workflow', { action: operation.action });
    if (operation.kind === 'detach') return t('sync.removesFile', { name: operation.shown });
    const labels = fieldsTouched(operation).map(
      (fieldname) => bundle?.doctype.fields.find((field) => field.fieldname === fieldname)?.label ?? fieldname,
    );
    if (labels.length === 0) return t(`sync.operation.${operation.kind}`);
    const shown = labels.slice(0, most).join(', ');
    const fields = labels.length > most ? t('sync.andMore', { fields: shown, n: labels.length - most }) : shown;
    return t('sync.changedFields', { fields });
  };
}
