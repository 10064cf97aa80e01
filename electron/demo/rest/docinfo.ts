import type { Doc, DocumentValues } from '@shared/erp/document';
import { fieldList, type Arguments } from '../engine/carried';
import { open } from '../engine/documents';
import { addInternal, setSilently, type Context } from '../engine/engine';
import { permissionsOf } from '../engine/permissions';
import { present } from './present';
import { text } from '../engine/values';

/** What a comment's text becomes on its way to the timeline: markdown, unless it is HTML already (comment-marker). */
const rendered = (content: string): string => (/^\s*</.test(content) ? content : `<p>${content}</p>\n`);

/** Documents of a DocType that are about this one, newest first. `doctypeField` and `nameField` say what they are about. */
const about = (context: Context, doc: Doc, doctype: string, doctypeField: string, nameField: string): Doc[] =>
  context.store
    .by(doctype, nameField, doc.name)
    .filter((one) => one[doctypeField] === doc.doctype)
    .sort((left, right) => (text(left, 'creation') < text(right, 'creation') ? 1 : -1));

const pick = (doc: Doc, fieldnames: string): { [fieldname: string]: unknown } =>
  Object.fromEntries(fieldnames.split(' ').map((fieldname) => [fieldname, doc[fieldname]]));

/** Lists of the timeline by the types of comment that they show. */
const logs = {
  comments: ['Comment'],
  assignment_logs: ['Assigned'],
  attachment_logs: ['Attachment', 'Attachment Removed'],
  info_logs: ['Info', 'Edit', 'Label'],
  like_logs: ['Like'],
  workflow_logs: ['Workflow'],
};
const unused = 'shared communications automated_messages views energy_point_logs additional_timeline_content milestones'.split(' ');

/** Comments, files, tags, assignments and versions around a document, newest first. */
export function docinfo(context: Context, doc: Doc): { [key: string]: unknown } {
  const comments = about(context, doc, 'Comment', 'reference_doctype', 'reference_name');
  const todos = about(context, doc, 'ToDo', 'reference_type', 'reference_name').filter((todo) => todo['status'] === 'Open');
  const versions = about(context, doc, 'Version', 'ref_doctype', 'docname');
  const authors = [...new Set([...comments, ...versions].flatMap(({ owner }) => owner ?? []))].map((name) => {
    const fullname = context.people.get(name)?.fullName ?? name;
    return [name, { fullname, image: null, name, email: name, time_zone: context.clock.timeZone }];
  });
  const entry = (one: Doc) => ({
    ...pick(one, 'name creation owner comment_type'),
    content: rendered(text(one, 'content')),
    published: 0,
  });
  const timeline = Object.entries(logs).map(([list, types]): [string, unknown] => [
    list,
    comments.filter((one) => types.includes(text(one, 'comment_type'))).map(entry),
  ]);
  return {
    ...Object.fromEntries([...unused.map((list): [string, unknown] => [list, []]), ...timeline]),
    user_info: Object.fromEntries(authors),
    doctype: doc.doctype,
    name: doc.name,
    attachments: about(context, doc, 'File', 'attached_to_doctype', 'attached_to_name').map((file) =>
      pick(file, 'name file_name file_url is_private'),
    ),
    versions: versions.slice(0, 10).map((version) => pick(version, 'name owner creation data')),
    assignments: todos.map((todo) => ({ ...pick(todo, 'name description status'), owner: todo['allocated_to'] })),
    permissions: permissionsOf(context, doc),
    is_document_followed: null,
    tags: text(doc, '_user_tags').replace(/^,/, ''),
    document_email: null,
  };
}

/** A line in the timeline of a document. */
export const comment = (context: Context, type: string, doctype: string, name: string, content: string, by: DocumentValues = {}): Doc => {
  const told = { comment_type: type, reference_doctype: doctype, reference_name: name, content };
  return addInternal(context, 'Comment', { comment_email: context.user, ...told, ...by });
};

export function addComment(context: Context, args: Arguments): { [fieldname: string]: unknown } {
  const {
    reference_doctype: doctype = '',
    reference_name: name = '',
    comment_email: email = context.user,
    comment_by: by = context.user,
  } = args;
  const doc = open(context, doctype, name, 'read');
  const content = (args['content'] ?? '').replace(/<script\b[\s\S]*?(<\/script>|$)/gi, '');
  return present(context, comment(context, 'Comment', doctype, doc.name, content, { comment_email: email, comment_by: by }));
}

export function addTag(context: Context, { dt = '', dn = '', tag = '' }: Arguments): string {
  const doc = open(context, dt, dn, 'write');
  const tags = new Set([...text(doc, '_user_tags').split(','), tag].filter(Boolean));
  setSilently(context, doc, { _user_tags: `,${[...tags].join(',')}` });
  return tag;
}

export function assignTo(context: Context, args: Arguments): unknown[] {
  const { doctype = '', name = '', description = '' } = args;
  const doc = open(context, doctype, name, 'read');
  const by = context.people.get(context.user)?.fullName ?? context.user;
  return fieldList(args['assign_to']).map((user) => {
    const about = { reference_type: doctype, reference_name: doc.name, description, date: context.clock.date() };
    const todo = addInternal(context, 'ToDo', { allocated_to: user, ...about, status: 'Open', priority: 'Medium' });
    comment(context, 'Assigned', doctype, doc.name, `${by} assigned ${user}: ${description}`);
    return { owner: user, name: todo.name };
  });
}
