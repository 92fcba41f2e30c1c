#!/usr/bin/env node
// Lets forge use npm's solc, which is WebAssembly: answers the two calls that forge makes of a
// native compiler, `--version` and `--standard-json`. Imports are all in the input, so no call-back.
import { readFileSync } from "node:fs";
import solc from "solc";

const [command] = process.argv.slice(2);

if (command === "--version") {
  const version = solc.version().replace(".Emscripten.clang", "");
  console.log("solc, the solidity compiler commandline interface");
  console.log(`Version: ${version}.Linux.g++`);
} else if (process.argv.includes("--standard-json")) {
  process.stdout.write(solc.compile(readFileSync(0, "utf8")));
} else {
  console.error(`tools/solc.mjs knows --version and --standard-json, not "${command}".`);
  process.exit(1);
}
