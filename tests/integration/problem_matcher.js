// Runs the text on standard input through problem matchers, as VS Code does, and prints what they found as JSON.
//
//     node problem_matcher.js NODE_MODULES < {"matchers": [...], "text": "..."}

const path = require("path");
const { parseProblemMatchersJson } = require(path.join(process.argv[2], "@rushstack/problem-matcher"));

const { matchers, text } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const parsed = parseProblemMatchersJson(matchers);
const problems = [];
for (const line of text.split("\n")) {
  for (const matcher of parsed) {
    const problem = matcher.exec(line + "\n");
    if (problem) problems.push(problem);
  }
}
console.log(JSON.stringify(problems));
