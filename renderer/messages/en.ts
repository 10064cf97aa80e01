import { apiUse } from './api-use';
import { closed } from './closed';
import { common, errors, marks, status } from './common';
import { console } from './console';
import { document } from './document';
import { filesIn } from './files-in';
import { filesOut } from './files-out';
import { getReady } from './get-ready';
import { insights } from './insights';
import { keeping } from './keeping';
import { list } from './list';
import { live } from './live';
import { print } from './print';
import { settings } from './settings';
import { shell } from './shell';
import { signIn } from './sign-in';
import { sync } from './sync';
import { system } from './system';

export const en = {
  common,
  errors,
  status,
  marks,
  shell,
  closed,
  signIn,
  getReady,
  keeping,
  list,
  sync,
  system,
  settings,
  document,
  filesIn,
  filesOut,
  live,
  insights,
  print,
  console,
  apiUse,
};
