// Reads a library with one of two JavaScript readers and prints its entries as JSON lines in one shape:
// key, title, authors as display names, year, eprint, doi.  node bibliography.mjs better-bibtex|citation-js FILE

import { readFileSync } from 'node:fs'

const readers = { 'better-bibtex': betterBibtex, 'citation-js': citationJs }
const [reader, file] = process.argv.slice(2)
for (const entry of await readers[reader](readFileSync(file, 'utf8'), file)) console.log(JSON.stringify(entry))

async function betterBibtex (text) {
  const { parse } = await import('@retorquere/bibtex-parser')
  const library = parse(text, { sentenceCase: false })
  const errors = library.errors.filter(({ error }) => !error.startsWith('unhandled macro')) // in mathematics
  if (errors.length) throw new Error(JSON.stringify(errors))
  return library.entries.map(({ key, fields }) => ({
    key,
    title: fields.title.replace(/<[^>]*>/g, ''),
    authors: (fields.author ?? []).map(author =>
      author.name ?? [author.firstName, author.prefix, author.lastName, author.suffix].filter(Boolean).join(' ')),
    year: (fields.date ?? fields.year).slice(0, 4),
    eprint: fields.eprint ?? null,
    doi: fields.doi ?? null
  }))
}

async function citationJs (text, file) {
  const { Cite } = await import('@citation-js/core')
  for (const plugin of ['bibtex', 'ris', 'csl']) await import(`@citation-js/plugin-${plugin}`)
  const forms = [['.biblatex.bib', '@biblatex/text'], ['.bib', '@bibtex/text'], ['.ris', '@ris/file'], ['.json', '@else/json']]
  const library = new Cite(text, { forceType: forms.find(([ending]) => file.endsWith(ending))[1] })
  return library.data.map(item => ({
    key: item['citation-key'] ?? item.id,
    title: item.title,
    authors: (item.author ?? []).map(author =>
      author.literal ?? [author.given, author['non-dropping-particle'], author['dropping-particle'], author.family, author.suffix]
        .filter(Boolean).join(' ')),
    year: String(item.issued['date-parts'][0][0]),
    eprint: null,
    doi: item.DOI ?? null
  }))
}
