import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parser } from 'typescript-eslint';
import ts from 'typescript';
import * as vueParser from 'vue-eslint-parser';

/**
 * A parser of scripts that takes types from one program of all files. With `.vue` files among them, typescript-eslint
 * makes a program anew for each: the file holds a page, of which the parser is given the script. Here the program is
 * given the scripts from the start. What is not as on the disk (a fix, an editor) goes the usual way.
 */
export function oneProgram(configFile) {
  let program;
  return {
    meta: { name: 'one-program' },
    parseForESLint(code, { project, extraFileExtensions, ...options }) {
      // An expression of a template: it has no types.
      if (project === undefined) return parser.parseForESLint(code, options);
      program ??= programOf(configFile);
      const same = program.getSourceFile(options.filePath)?.text === code;
      return parser.parseForESLint(code, same ? { ...options, programs: [program] } : { ...options, project, extraFileExtensions });
    },
  };
}

function programOf(configFile) {
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile);
  const pages = [{ extension: '.vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred }];
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, resolve(configFile, '..'), {}, configFile, undefined, pages);
  const options = { ...parsed.options, allowNonTsExtensions: true };
  const host = ts.createCompilerHost(options, true);
  const { getSourceFile } = host;
  host.getSourceFile = (file, languageOptions, ...rest) =>
    file.endsWith('.vue')
      ? ts.createSourceFile(file, scriptOf(file), languageOptions, true, ts.ScriptKind.TS)
      : getSourceFile(file, languageOptions, ...rest);
  return ts.createProgram(parsed.fileNames, options, host);
}

/** The script of a page, to the letter as the rules' parser will be given it. */
function scriptOf(file) {
  let script = '';
  const remember = {
    parseForESLint(code, { project, ...options }) {
      if (project !== undefined) script = code;
      return parser.parseForESLint(code, options);
    },
  };
  vueParser.parseForESLint(readFileSync(file, 'utf8'), { filePath: file, project: [], parser: remember, sourceType: 'module' });
  return script;
}
