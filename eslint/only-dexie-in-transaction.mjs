import { ESLintUtils } from '@typescript-eslint/utils';
import ts from 'typescript';

/**
 * Inside the callback of a `.transaction(…)` only Dexie's promises are awaited: anything else (a message port, fetch,
 * a timer) ends the IndexedDB transaction and keeps half of it. Functions of the renderer may be awaited where they, and
 * what they call, wait for nothing but Dexie themselves.
 * @type {import('eslint').Rule.RuleModule}
 */
export const onlyDexieInTransaction = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { foreign: 'Only Dexie calls are awaited inside a transaction; this ends it half done.' },
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    const judge = createJudge(services.program.getTypeChecker());
    return {
      AwaitExpression(node) {
        const awaited = services.esTreeNodeToTSNodeMap.get(node.argument);
        if (isInTransaction(node) && !judge.waitsForDexie(awaited)) context.report({ node, messageId: 'foreign' });
      },
    };
  },
};

function createJudge(checker) {
  /** Functions under way count as good: a recursion adds nothing of its own. */
  const judged = new Map();

  const isThenable = (type) => checker.getPropertyOfType(type, 'then') !== undefined;
  const isDexies = (node) => {
    const type = checker.getTypeAtLocation(node);
    return (type.isUnion() ? type.types : [type]).every((part) => !isThenable(part) || part.symbol?.name === 'PromiseExtended');
  };

  function waitsForDexie(node) {
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return waitsForDexie(node.expression);
    if (ts.isConditionalExpression(node)) return waitsForDexie(node.whenTrue) && waitsForDexie(node.whenFalse);
    if (isDexies(node)) return true;
    if (!ts.isCallExpression(node)) return false;
    if (/^Promise\.all/.test(node.expression.getText())) {
      const [list] = node.arguments;
      return list !== undefined && ts.isArrayLiteralExpression(list) && list.elements.every(waitsForDexie);
    }
    const called = checker.getResolvedSignature(node)?.declaration;
    return called?.body !== undefined && /\/renderer\//.test(called.getSourceFile().fileName) && isGood(called);
  }

  /** Whether a function waits for Dexie alone: each of its awaits, and each promise that it returns. */
  function isGood(called) {
    if (judged.has(called)) return judged.get(called);
    judged.set(called, true);
    let good = ts.isBlock(called.body) || waitsForDexie(called.body);
    const visit = (node) => {
      if (ts.isAwaitExpression(node)) good &&= waitsForDexie(node.expression);
      if (ts.isReturnStatement(node) && node.expression) good &&= waitsForDexie(node.expression);
      ts.forEachChild(node, visit);
    };
    visit(called.body);
    judged.set(called, good);
    return good;
  }

  return { waitsForDexie };
}

function isInTransaction(node) {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type !== 'CallExpression' || !parent.arguments.includes(at)) continue;
    if (!/^(Arrow)?FunctionExpression$/.test(at.type)) continue;
    if (parent.callee.type === 'MemberExpression' && parent.callee.property.name === 'transaction') return true;
  }
  return false;
}
