import jsep from 'jsep';

/**
 * The part of JavaScript that metadata may use in `depends_on` and the like, as data.
 * It is foreign input: parsed and walked, never run.
 */
export type ExpressionNode =
  | { type: 'literal'; value: string | number | boolean | null }
  | { type: 'pattern'; source: string; flags: string }
  | { type: 'name'; name: string }
  | { type: 'member'; object: ExpressionNode; property: ExpressionNode | string; optional: boolean }
  | { type: 'call'; callee: ExpressionNode; args: ExpressionNode[] }
  | { type: 'unary'; operator: string; operand: ExpressionNode }
  | { type: 'binary'; operator: string; left: ExpressionNode; right: ExpressionNode }
  | { type: 'conditional'; test: ExpressionNode; yes: ExpressionNode; no: ExpressionNode }
  | { type: 'array'; elements: ExpressionNode[] }
  | { type: 'arrow'; parameter: string; body: ExpressionNode };

export type ParsedExpression = { ok: true; node: ExpressionNode } | { ok: false; reason: string };

const maxLength = 4000;
const maxDepth = 60;
const regexLiteral = 'RegexLiteral';

let prepared = false;

/** jsep knows no arrows and no regular expressions; both are read here, and its state is global. */
function prepare(): void {
  if (prepared) return;
  prepared = true;
  jsep.addBinaryOp('=>', 0.5, true);
  jsep.hooks.add('gobble-token', function (env) {
    if (this.char !== '/') return;
    const match = /^\/((?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n[])+)\/([a-z]*)/.exec(this.expr.slice(this.index));
    if (match === null) return;
    this.index += match[0].length;
    const node: jsep.Expression = { type: regexLiteral, source: match[1] ?? '', flags: match[2] ?? '' };
    env.node = this.gobbleTokenProperty(node);
  });
}

/** Reads one expression; a closing semicolon is allowed. Anything it does not know is a reason, never an exception. */
export function parseExpression(text: string): ParsedExpression {
  if (text.length > maxLength) return { ok: false, reason: 'too long' };
  prepare();
  try {
    return { ok: true, node: convert(jsep(text), 0) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : 'not an expression' };
  }
}

class Unsupported extends Error {}

type Part = jsep.Expression[string];

const isExpression = (part: Part): part is jsep.Expression =>
  typeof part === 'object' && part !== null && !Array.isArray(part) && 'type' in part && typeof part.type === 'string';

function convert(part: Part, depth: number): ExpressionNode {
  if (!isExpression(part)) throw new Unsupported('incomplete');
  if (depth > maxDepth) throw new Unsupported('nested too deeply');
  const next = (inner: Part): ExpressionNode => convert(inner, depth + 1);
  switch (part.type) {
    case 'Literal':
      return { type: 'literal', value: primitive(part['value']) };
    case regexLiteral:
      return { type: 'pattern', source: String(part['source']), flags: String(part['flags']) };
    case 'Identifier':
      return { type: 'name', name: String(part['name']) };
    case 'MemberExpression':
      return {
        type: 'member',
        object: next(part['object']),
        property: part['computed'] === true ? next(part['property']) : nameOf(part['property']),
        optional: part['optional'] === true,
      };
    case 'CallExpression':
      return { type: 'call', callee: next(part['callee']), args: listOf(part['arguments']).map(next) };
    case 'UnaryExpression':
      return { type: 'unary', operator: String(part['operator']), operand: next(part['argument']) };
    case 'BinaryExpression':
      return part['operator'] === '=>'
        ? { type: 'arrow', parameter: nameOf(part['left']), body: next(part['right']) }
        : { type: 'binary', operator: String(part['operator']), left: next(part['left']), right: next(part['right']) };
    case 'ConditionalExpression':
      return { type: 'conditional', test: next(part['test']), yes: next(part['consequent']), no: next(part['alternate']) };
    case 'ArrayExpression':
      return { type: 'array', elements: listOf(part['elements']).map(next) };
    default:
      throw new Unsupported(part.type === 'Compound' ? 'several statements' : part.type);
  }
}

function nameOf(part: Part): string {
  if (isExpression(part) && part.type === 'Identifier' && typeof part['name'] === 'string') return part['name'];
  throw new Unsupported('a name is expected');
}

const isList = (part: Part): part is Part[] => Array.isArray(part);
const listOf = (part: Part): Part[] => (isList(part) ? part : []);

function primitive(value: Part): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  throw new Unsupported('literal');
}
