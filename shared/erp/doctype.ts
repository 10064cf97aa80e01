import type { DocField, Flag } from './docfield';

/** What a role may do at one permlevel. `if_owner` narrows it to documents the user made. */
export type DocPerm = {
  role: string;
  permlevel?: number;
  if_owner?: Flag;
  read?: Flag;
  write?: Flag;
  create?: Flag;
  delete?: Flag;
  submit?: Flag;
  cancel?: Flag;
  amend?: Flag;
  select?: Flag;
  print?: Flag;
  email?: Flag;
  report?: Flag;
  export?: Flag;
  import?: Flag;
  share?: Flag;
};

export type DocTypeState = { title: string; color?: string };

/** The structure of a DocType, kept small: no scripts, no prose that is not shown. */
export type DocType = {
  name: string;
  module?: string;
  modified: string;
  istable?: Flag;
  issingle?: Flag;
  is_submittable?: Flag;
  is_tree?: Flag;
  quick_entry?: Flag;
  allow_rename?: Flag;
  editable_grid?: Flag;
  show_title_field_in_link?: Flag;
  track_changes?: Flag;
  /** The server notes who has looked at a document: that they have, and each time. */
  track_seen?: Flag;
  track_views?: Flag;
  max_attachments?: number;
  autoname?: string;
  naming_rule?: string;
  title_field?: string;
  image_field?: string;
  /** Comma-separated fieldnames. */
  search_fields?: string;
  sort_field?: string;
  sort_order?: string;
  document_type?: string;
  default_print_format?: string;
  /** Print Formats of the site for it, besides "Standard"; absent in metadata that an older version kept. */
  print_formats?: string[];
  fields: DocField[];
  permissions: DocPerm[];
  states?: DocTypeState[];
  /** Active workflow of the DocType, where there is one. */
  workflow?: Workflow;
};

export type Workflow = {
  name: string;
  state_field: string;
  states: { state: string; doc_status: '0' | '1' | '2'; allow_edit: string }[];
  transitions: { state: string; action: string; next_state: string; allowed: string; condition?: string }[];
};

/** A DocType together with the DocTypes of its child tables, as one `getdoctype` answers them. */
export type DocTypeBundle = { doctype: DocType; children: DocType[] };
