import { ESLintUtils } from '@typescript-eslint/utils';

/**
 * Inside the callback of a `.transaction(…)` only Dexie's promises are awaited: anything else (a message port, fetch,
 * a timer) ends the IndexedDB transaction and keeps half of it. Functions of `renderer/cache` may be awaited too: they
 * are written for use inside a transaction.
 */
export const onlyDexieInTransaction = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { foreign: 'Only Dexie calls are awaited inside a transaction; this ends it half done.' },
  },
  create(context) {
    const services = ESLintUtils.getParserServices(context);
    const checker = services.program.getTypeChecker();

    const isDexies = (node) => {
      const type = services.getTypeAtLocation(node);
      const parts = type.isUnion() ? type.types : [type];
      return parts.every((part) => !isThenable(part, checker) || part.symbol?.name === 'PromiseExtended');
    };
    const isOfTheCache = (node) => {
      if (node.type !== 'CallExpression') return false;
      const signature = checker.getResolvedSignature(services.esTreeNodeToTSNodeMap.get(node));
      return /\/renderer\/cache\//.test(signature?.declaration?.getSourceFile().fileName ?? '');
    };
    /** `Promise.all([…])` is as good as what it waits for. */
    const allOf = (node) =>
      node.type === 'CallExpression' &&
      node.callee.type === 'MemberExpression' &&
      node.callee.object.name === 'Promise' &&
      node.arguments[0]?.type === 'ArrayExpression'
        ? node.arguments[0].elements
        : null;
    const isAllowed = (node) => allOf(node)?.every((part) => part && isAllowed(part)) ?? (isDexies(node) || isOfTheCache(node));

    return {
      AwaitExpression(node) {
        if (isInTransaction(node) && !isAllowed(node.argument)) context.report({ node, messageId: 'foreign' });
      },
    };
  },
};

const isThenable = (type, checker) => checker.getPropertyOfType(type, 'then') !== undefined;

function isInTransaction(node) {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type !== 'CallExpression' || !parent.arguments.includes(at)) continue;
    if (!/^(Arrow)?FunctionExpression$/.test(at.type)) continue;
    if (parent.callee.type === 'MemberExpression' && parent.callee.property.name === 'transaction') return true;
  }
  return false;
}
