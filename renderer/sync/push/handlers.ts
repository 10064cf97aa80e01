import type { OutboxEntry } from '@shared/sync/outbox-entry';
import type { Site } from '../site';
import { attach } from './attach';
import { comment } from './comment';
import { create } from './create';
import { detach } from './detach';
import { cancel, submit } from './docstatus';
import type { Outcome } from './outcome';
import { remove } from './remove';
import { update } from './update';
import { workflow } from './workflow';

/** Sends an entry (`send`), or looks for what became of an unanswered attempt (`settle`). */
export function handle(site: Site, entry: OutboxEntry, act: 'send' | 'settle'): Promise<Outcome> {
  const { operation } = entry;
  switch (operation.kind) {
    case 'create':
      return create[act](site, { entry, operation });
    case 'update':
      return update[act](site, { entry, operation });
    case 'submit':
      return submit[act](site, { entry, operation });
    case 'cancel':
      return cancel[act](site, { entry, operation });
    case 'delete':
      return remove[act](site, { entry, operation });
    case 'workflow':
      return workflow[act](site, { entry, operation });
    case 'comment':
      return comment[act](site, { entry, operation });
    case 'attach':
      return attach[act](site, { entry, operation });
    case 'detach':
      return detach[act](site, { entry, operation });
  }
}
