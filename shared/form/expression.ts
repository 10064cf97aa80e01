import { expressionFunctions } from './expression-functions';
import { callMethod } from './expression-methods';
import { parseExpression } from './expression-parse';
import type { ExpressionNode, ParsedExpression } from './expression-parse';
import type { FormSession } from './form-session';

/** What an expression may see: the document or row it stands on, the form's document, and the session. */
export type ExpressionScope = { doc: object; parent: object; session: FormSession };

/** An expression's value, or why it could not be had. */
export type Evaluated = { known: true; value: unknown } | { known: false; reason: string };

/** Steps one evaluation may take: plenty for a table of 500 rows, little enough for nobody to notice. */
const maxSteps = 50_000;

class Unknown extends Error {}

type Run = { scope: ExpressionScope; locals: ReadonlyMap<string, unknown>; budget: { left: number } };

const parsed = new Map<string, ParsedExpression>();

/** Parsing is remembered: a form evaluates the same few hundred texts at each change. */
function parseOnce(text: string): ParsedExpression {
  const before = parsed.get(text);
  if (before !== undefined) return before;
  const result = parseExpression(text);
  if (parsed.size > 5000) parsed.clear();
  parsed.set(text, result);
  return result;
}

/** Evaluates the JavaScript subset of `expression-parse.ts`. Never throws, never calls anything that is not listed. */
export function evaluate(text: string, scope: ExpressionScope): Evaluated {
  const expression = parseOnce(text);
  if (!expression.ok) return { known: false, reason: expression.reason };
  try {
    return { known: true, value: walk(expression.node, { scope, locals: new Map(), budget: { left: maxSteps } }) };
  } catch (error) {
    if (error instanceof Unknown) return { known: false, reason: error.message };
    return { known: false, reason: error instanceof Error ? error.message : 'failed' };
  }
}

function walk(node: ExpressionNode, run: Run): unknown {
  run.budget.left -= 1;
  if (run.budget.left < 0) throw new Unknown('too many steps');
  switch (node.type) {
    case 'literal':
      return node.value;
    case 'pattern':
      return { pattern: node.source, flags: node.flags };
    case 'name':
      return lookUp(node.name, run);
    case 'member': {
      const ofSession = sessionValue(pathOf(node), run.scope.session);
      if (ofSession !== undefined) return ofSession;
      const object = walk(node.object, run);
      if (object === null || object === undefined) {
        if (node.optional) return undefined;
        throw new Unknown('a member of nothing');
      }
      return readMember(object, typeof node.property === 'string' ? node.property : walk(node.property, run));
    }
    case 'call':
      return call(node.callee, node.args, run);
    case 'unary':
      return unary(node.operator, walk(node.operand, run));
    case 'binary':
      return binary(node.operator, node.left, node.right, run);
    case 'conditional':
      return truthy(walk(node.test, run)) ? walk(node.yes, run) : walk(node.no, run);
    case 'array':
      return node.elements.map((element) => walk(element, run));
    case 'arrow':
      throw new Unknown('a function where a value is expected');
  }
}

function lookUp(name: string, run: Run): unknown {
  if (run.locals.has(name)) return run.locals.get(name);
  if (name === 'doc') return run.scope.doc;
  if (name === 'parent') return run.scope.parent;
  if (name === 'undefined') return undefined;
  throw new Unknown(`unknown name ${name}`);
}

/** Own properties only, so that no prototype (`constructor`, `__proto__`) can be reached. */
export function readMember(object: unknown, key: unknown): unknown {
  if (typeof key !== 'string' && typeof key !== 'number') throw new Unknown('a member by another kind of key');
  if (typeof object === 'string' || Array.isArray(object)) {
    if (key === 'length') return object.length;
    if (/^\d+$/.test(String(key))) return object[Number(key)];
    throw new Unknown(`unknown member ${String(key)}`);
  }
  if (typeof object !== 'object' || object === null) throw new Unknown(`unknown member ${String(key)}`);
  return Object.hasOwn(object, key) ? Reflect.get(object, key) : undefined;
}

/** `frappe.session.user` and the like, as a path. */
function pathOf(node: ExpressionNode): string | null {
  if (node.type === 'name') return node.name;
  if (node.type !== 'member' || typeof node.property !== 'string') return null;
  const object = pathOf(node.object);
  return object === null ? null : `${object}.${node.property}`;
}

function sessionValue(path: string | null, session: FormSession): unknown {
  if (path === 'frappe.session.user') return session.user;
  if (path === 'frappe.user_roles') return session.roles;
  return undefined;
}

function call(callee: ExpressionNode, args: readonly ExpressionNode[], run: Run): unknown {
  const path = pathOf(callee);
  const known = path === null ? undefined : expressionFunctions.get(path);
  if (known !== undefined)
    return known(
      args.map((arg) => walk(arg, run)),
      run.scope.session,
    );
  if (callee.type !== 'member' || typeof callee.property !== 'string') throw new Unknown(`unknown function ${path ?? ''}`.trim());
  const object = walkObject(callee.object, run, path);
  if (object === undefined && callee.optional) return undefined;
  const [first] = args;
  const each =
    first?.type === 'arrow'
      ? (item: unknown) => walk(first.body, { ...run, locals: new Map(run.locals).set(first.parameter, item) })
      : null;
  const result = callMethod(object, callee.property, each ?? args.map((arg) => walk(arg, run)));
  if (!result.known) throw new Unknown(result.reason);
  return result.value;
}

function walkObject(node: ExpressionNode, run: Run, path: string | null): unknown {
  try {
    return walk(node, run);
  } catch (error) {
    if (error instanceof Unknown && path !== null) throw new Unknown(`unknown function ${path}`);
    throw error;
  }
}

const truthy = (value: unknown): boolean => Boolean(value);

function unary(operator: string, value: unknown): unknown {
  if (operator === '!') return !truthy(value);
  if (operator === '-') return -number(value);
  if (operator === '+') return number(value);
  throw new Unknown(`unknown operator ${operator}`);
}

function binary(operator: string, leftNode: ExpressionNode, rightNode: ExpressionNode, run: Run): unknown {
  const left = walk(leftNode, run);
  if (operator === '&&') return truthy(left) ? walk(rightNode, run) : left;
  if (operator === '||') return truthy(left) ? left : walk(rightNode, run);
  if (operator === '??') return left ?? walk(rightNode, run);
  const right = walk(rightNode, run);
  switch (operator) {
    case '===':
      return left === right;
    case '!==':
      return left !== right;
    case '==':
      return looselyEqual(left, right);
    case '!=':
      return !looselyEqual(left, right);
    case '<':
      return compare(left, right, (a, b) => a < b);
    case '>':
      return compare(left, right, (a, b) => a > b);
    case '<=':
      return compare(left, right, (a, b) => a <= b);
    case '>=':
      return compare(left, right, (a, b) => a >= b);
    case '+':
      return typeof left === 'string' || typeof right === 'string' ? concatenate(left, right) : number(left) + number(right);
    case '-':
      return number(left) - number(right);
    case '*':
      return number(left) * number(right);
    case '/':
      return number(left) / number(right);
    case '%':
      return number(left) % number(right);
    default:
      throw new Unknown(`unknown operator ${operator}`);
  }
}

const isPrimitive = (value: unknown): value is string | number | boolean | null | undefined => value === null || typeof value !== 'object';

/** JavaScript's `==` between primitives. */
function looselyEqual(left: unknown, right: unknown): boolean {
  const nothing = left === null || left === undefined;
  if (nothing || right === null || right === undefined) return nothing && (right === null || right === undefined);
  if (typeof left === typeof right || !isPrimitive(left) || !isPrimitive(right)) return left === right;
  return Number(left) === Number(right);
}

function compare(left: unknown, right: unknown, test: (a: string | number, b: string | number) => boolean): boolean {
  return typeof left === 'string' && typeof right === 'string' ? test(left, right) : test(number(left), number(right));
}

/** JavaScript's number of a primitive; of `undefined` it is NaN, which compares false with everything. */
function number(value: unknown): number {
  if (!isPrimitive(value)) throw new Unknown('arithmetic on something that is no number');
  return value === undefined ? Number.NaN : Number(value);
}

function concatenate(left: unknown, right: unknown): string {
  const text = `${String(left)}${String(right)}`;
  if (text.length > 100_000) throw new Unknown('a text too long');
  return text;
}
