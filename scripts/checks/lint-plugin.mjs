// One lint rule of our own: a function's length without the functions inside it, so that `createX(deps)` counts its parts singly.

const mostLines = 40;

/** @typedef {{ type: string, loc: { start: { line: number }, end: { line: number } } }} Node */

const rule = {
  meta: { type: "suggestion", docs: { description: `A function has at most ${mostLines} lines of its own.` }, schema: [] },
  /** @param {{ sourceCode: { lines: string[] }, report: (problem: { node: Node, message: string }) => void }} context */
  create(context) {
    /** Lines that functions inside have taken, one entry for each function that is open now. @type {number[]} */
    const inside = [];
    const enter = () => void inside.push(0);
    /** @param {Node} node */
    const leave = (node) => {
      const { start, end } = node.loc;
      const lines = context.sourceCode.lines.slice(start.line - 1, end.line).filter((line) => !/^\s*(\/\/.*|\/?\*.*)?$/.test(line)).length;
      const own = lines - (inside.pop() ?? 0);
      // A function on one line takes nothing away: its line belongs to what is around it as well.
      if (inside.length > 0 && lines > 1) inside[inside.length - 1] = (inside.at(-1) ?? 0) + lines - 1;
      if (own > mostLines)
        context.report({ node, message: `This function has ${own} lines of its own. At most ${mostLines} are allowed.` });
    };
    return {
      FunctionDeclaration: enter,
      FunctionExpression: enter,
      ArrowFunctionExpression: enter,
      "FunctionDeclaration:exit": leave,
      "FunctionExpression:exit": leave,
      "ArrowFunctionExpression:exit": leave,
    };
  },
};

export default { meta: { name: "switchboard" }, rules: { "function-lines": rule } };
