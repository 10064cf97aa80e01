import { docstatus } from '@shared/erp/document';
import type { Arguments } from '../engine/carried';
import { load } from '../engine/documents';
import { metaOf, type Context } from '../engine/engine';
import { FrappeError } from '../engine/errors';
import { mayDocument } from '../engine/permissions';
import { text } from '../engine/values';
import { pdfOf } from './pdf';

/** Frappe's method whose answer is a file. */
export const printMethod = 'frappe.utils.print_format.download_pdf';

/**
 * The PDF of a document. As Frappe 15's `validate_print_permission`: who may read may print, whatever the right to print
 * says, and Print Settings as they are from the start refuse cancelled documents.
 */
export function downloadPdf(context: Context, args: Arguments): Response {
  const { doctype = '', name = '', format = 'Standard' } = args;
  const doc = load(context, doctype, name);
  const meta = metaOf(context, doctype);
  if (!mayDocument(context, doc, 'read') && !mayDocument(context, doc, 'print'))
    throw new FrappeError('PermissionError', 'You do not have permission to view this document', { notes: [] });
  if (meta.is_submittable && doc.docstatus === docstatus.cancelled)
    throw new FrappeError('PermissionError', 'Not allowed to print cancelled documents');
  const title = meta.title_field === undefined ? '' : text(doc, meta.title_field);
  const head = args['no_letterhead'] === '1' ? [] : [text(doc, 'company')];
  const lines = [doc.name, title, `${doctype} · ${format}`, ...head, `As of ${text(doc, 'modified')}`];
  return new Response(pdfOf(lines.filter((line) => line !== '')), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${encodeURIComponent(name.replace(/[ /]/g, '-'))}.pdf"`,
    },
  });
}
