import { apiUse } from './api-use';
import { common, errors, marks, status } from './common';
import { console } from './console';
import { document } from './document';
import { filesIn } from './files-in';
import { filesOut } from './files-out';
import { getReady } from './get-ready';
import { insights } from './insights';
import { list } from './list';
import { print } from './print';
import { settings } from './settings';
import { shell } from './shell';
import { signIn } from './sign-in';
import { sync } from './sync';

export const en = {
  common,
  errors,
  status,
  marks,
  shell,
  signIn,
  getReady,
  list,
  sync,
  settings,
  document,
  filesIn,
  filesOut,
  insights,
  print,
  console,
  apiUse,
};
