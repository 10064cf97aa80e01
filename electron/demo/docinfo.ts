import type { Doc } from '@shared/erp/document';
import { fieldList, string, type Arguments } from './arguments';
import { addInternal, load } from './documents';
import { setSilently, type Context } from './engine';
import { checkDocument, permissionsOf } from './permissions';
import { present } from './present';
import { text } from './values';

/** What a comment's text becomes on its way to the timeline: markdown, unless it is HTML already (comment-marker). */
const rendered = (content: string): string => (/^\s*</.test(content) ? content : `<p>${content}</p>\n`);

const newestFirst = (docs: readonly Doc[]): Doc[] =>
  [...docs].sort((left, right) => (text(left, 'creation') < text(right, 'creation') ? 1 : -1));

const about = (context: Context, doctype: string, doc: Doc): Doc[] =>
  newestFirst(context.store.by(doctype, 'reference_name', doc.name).filter((one) => one['reference_doctype'] === doc.doctype));

/** Comments, files, tags, assignments and versions around a document, newest first. */
export function docinfo(context: Context, doc: Doc): { [key: string]: unknown } {
  const comments = about(context, 'Comment', doc);
  const ofType = (...types: string[]) =>
    comments
      .filter((comment) => types.includes(text(comment, 'comment_type')))
      .map((comment) => ({
        name: comment.name,
        creation: comment.creation,
        content: rendered(text(comment, 'content')),
        owner: comment.owner,
        comment_type: comment['comment_type'],
        published: 0,
      }));
  const files = newestFirst(
    context.store.by('File', 'attached_to_name', doc.name).filter((file) => file['attached_to_doctype'] === doc.doctype),
  );
  const todos = context.store
    .by('ToDo', 'reference_name', doc.name)
    .filter((todo) => todo['reference_type'] === doc.doctype && todo['status'] === 'Open');
  const versions = newestFirst(
    context.store.by('Version', 'docname', doc.name).filter((version) => version['ref_doctype'] === doc.doctype),
  );
  const authors = new Set([...comments, ...versions].flatMap(({ owner }) => owner ?? []));
  const userInfo = [...authors].map((name) => {
    const person = context.people.get(name);
    return [name, { fullname: person?.fullName ?? name, image: null, name, email: name, time_zone: context.clock.timeZone }];
  });
  return {
    user_info: Object.fromEntries(userInfo),
    comments: ofType('Comment'),
    shared: [],
    assignment_logs: ofType('Assigned'),
    attachment_logs: ofType('Attachment'),
    info_logs: ofType('Info', 'Edit', 'Label'),
    like_logs: ofType('Like'),
    workflow_logs: ofType('Workflow'),
    doctype: doc.doctype,
    name: doc.name,
    attachments: files.map((file) => ({
      name: file.name,
      file_name: file['file_name'],
      file_url: file['file_url'],
      is_private: file['is_private'] ?? 0,
    })),
    communications: [],
    automated_messages: [],
    versions: versions.slice(0, 10).map(({ name, owner, creation, data }) => ({ name, owner, creation, data })),
    assignments: todos.map((todo) => ({ name: todo.name, owner: todo['allocated_to'], description: todo['description'], status: 'Open' })),
    permissions: permissionsOf(context, doc),
    views: [],
    energy_point_logs: [],
    additional_timeline_content: [],
    milestones: [],
    is_document_followed: null,
    tags: text(doc, '_user_tags').replace(/^,/, ''),
    document_email: null,
  };
}

export function addComment(context: Context, args: Arguments): { [fieldname: string]: unknown } {
  const doc = load(context, string(args['reference_doctype']), string(args['reference_name']));
  checkDocument(context, doc, 'read');
  const content = string(args['content']).replace(/<script\b[\s\S]*?(<\/script>|$)/gi, '');
  const comment = addInternal(context, 'Comment', {
    comment_type: 'Comment',
    comment_email: string(args['comment_email']) || context.user,
    comment_by: string(args['comment_by']) || context.user,
    reference_doctype: doc.doctype,
    reference_name: doc.name,
    content,
  });
  return present(context, comment);
}

/** A line in the timeline that nobody wrote. */
export const log = (context: Context, type: string, doctype: string, name: string, content: string): Doc =>
  addInternal(context, 'Comment', {
    comment_type: type,
    reference_doctype: doctype,
    reference_name: name,
    comment_email: context.user,
    content,
  });

export function addTag(context: Context, args: Arguments): string {
  const doc = load(context, string(args['dt']), string(args['dn']));
  checkDocument(context, doc, 'write');
  const tags = new Set([...text(doc, '_user_tags').split(','), string(args['tag'])].filter((tag) => tag !== ''));
  setSilently(context, doc, { _user_tags: `,${[...tags].join(',')}` });
  return string(args['tag']);
}

export function assignTo(context: Context, args: Arguments): unknown[] {
  const doc = load(context, string(args['doctype']), string(args['name']));
  checkDocument(context, doc, 'read');
  const description = string(args['description']);
  return fieldList(args['assign_to']).map((user) => {
    const todo = addInternal(context, 'ToDo', {
      allocated_to: user,
      reference_type: doc.doctype,
      reference_name: doc.name,
      description,
      status: 'Open',
      priority: 'Medium',
      date: context.clock.date(),
    });
    log(
      context,
      'Assigned',
      doc.doctype,
      doc.name,
      `${context.people.get(context.user)?.fullName ?? context.user} assigned ${user}: ${description}`,
    );
    return { owner: user, name: todo.name };
  });
}
