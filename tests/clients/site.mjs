// Opens a served site in Debian's Chromium and prints what it finds as JSON.
//   node site.mjs axe ADDRESS PAGE...          violations of axe-core, in light and dark, on a desktop and a phone
//   node site.mjs use ADDRESS WORDS...         what a reader does: searches, copies, opens feeds
//   node site.mjs speed ADDRESS PAGE...        when the largest content is there, and how far anything shifts
//   node site.mjs habits ADDRESS PAGE PAPER WORDS    what keys, printers, buttons and old addresses do
//   node site.mjs plain ADDRESS PAGE...        what is seen without JavaScript
//   node site.mjs filters ADDRESS QUERY...     what the search shows for an address
//   node site.mjs disk ADDRESS FOLDER PAGE...  what is seen of pages that are opened from a disk
//   node site.mjs payloads ADDRESS PAGE...     what runs, what is asked for, after every element was touched
//   node site.mjs draw ADDRESS FOLDER PAGE...  pictures of whole pages

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync']
const SCREENS = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } }
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360"/></svg>'
const SCHEMES = ['light', 'dark']
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const [action, address, ...rest] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS })
try {
  console.log(JSON.stringify(await { axe, use, speed, habits, plain, filters, disk, payloads, draw }[action](...rest)))
} finally {
  await browser.close()
}

// Requests to anybody else are noted and refused.
async function open (settings = {}, page = '') {
  const context = await browser.newContext({ serviceWorkers: 'block', ...settings })
  const asked = []
  await context.route('**', route => {
    const url = route.request().url()
    if (url.startsWith(address)) return route.continue()
    asked.push(url)
    return route.abort()
  })
  const tab = await context.newPage()
  const errors = []
  tab.on('pageerror', error => errors.push(error.message))
  tab.on('console', said => { if (/Content Security Policy/.test(said.text())) errors.push(said.text()) })
  await tab.goto(address + page)
  return { context, tab, asked, errors }
}

async function axe (...pages) {
  const found = []
  for (const page of pages) {
    // What stands in an element that is not open is looked at, too; axe is a script that the page would not let run.
    const { context, tab } = await open({ bypassCSP: true }, page)
    await tab.evaluate(() => document.querySelectorAll('details').forEach(each => { each.open = true }))
    await tab.evaluate(AXE)
    for (const screen in SCREENS) for (const colorScheme of SCHEMES) {
      await tab.emulateMedia({ colorScheme })
      await tab.setViewportSize(SCREENS[screen])
      const { violations, passes } = await tab.evaluate(() => globalThis.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], preload: false }))
      const width = await tab.evaluate(() => document.documentElement.scrollWidth)
      found.push({ page, screen, colorScheme, passes: passes.length, tooWide: width - SCREENS[screen].width,
        violations: violations.map(({ id, nodes }) => [id, nodes[0].html, nodes[0].failureSummary]) })
    }
    await context.close()
  }
  return found
}

async function use (...queries) {
  const { context, tab, asked, errors } = await open({ permissions: ['clipboard-read', 'clipboard-write'] }, 'index.html')
  const searches = {}
  await tab.fill('header input[type=search]', queries[0])
  await tab.click('header form button')
  await tab.waitForURL('**/search.html?*')
  for (const query of queries) {
    await tab.fill('#words', query)
    await tab.click('#search button')
    await settled(tab)
    for (const button of ['#older', '#more']) {
      while (await tab.isVisible(button)) {
        await tab.click(button)
        await settled(tab)
      }
    }
    searches[query] = await tab.evaluate(() => ({
      progress: document.getElementById('progress').textContent,
      found: [...document.querySelectorAll('#found li')].map(item => ({
        title: item.querySelector('a').textContent,
        href: item.querySelector('a').href,
        marks: [...item.querySelectorAll('mark')].map(mark => mark.textContent)
      })),
      address: location.search
    }))
  }
  await tab.goto(address + 'index.html')
  await tab.click('#subscribe > summary')
  const copied = []
  for (const button of await tab.$$('#subscribe button[data-copy]')) {
    await button.click()
    copied.push(await tab.evaluate(() => navigator.clipboard.readText()))
  }
  const opened = await tab.$$eval('#subscribe a[data-open]', links => links.map(link => link.href))
  const status = await tab.textContent('#status')
  await tab.click('.front h1 a')
  await tab.waitForURL('**/issues/*')
  await tab.click('.bibtex summary')
  await tab.click('.bibtex button')
  const bibtex = await tab.evaluate(() => navigator.clipboard.readText())
  await context.close()
  return { searches, copied, opened, status, bibtex, asked, errors }
}

async function speed (...pages) {
  const found = {}
  for (const page of pages) for (const screen in SCREENS) {
    const { context, tab } = await open({ viewport: SCREENS[screen] }, 'static/icon.svg')
    // Pictures are there: one that cannot be had leaves nothing, and then what is below it moves.
    await context.route(/^https:/, route => route.fulfill({ contentType: 'image/svg+xml', body: PICTURE }))
    await tab.goto(address + page)
    await tab.waitForLoadState('load')
    found[`${page} ${screen}`] = await tab.evaluate(() => new Promise(resolve => {
      const seen = { largest: 0, shift: 0 }
      new PerformanceObserver(list => { for (const each of list.getEntries()) seen.largest = each.startTime })
        .observe({ type: 'largest-contentful-paint', buffered: true })
      new PerformanceObserver(list => { for (const each of list.getEntries()) seen.shift += each.value })
        .observe({ type: 'layout-shift', buffered: true })
      setTimeout(() => resolve(seen), 300)
    }))
    await context.close()
  }
  return found
}

async function habits (page, paper, words) {
  const { context, tab, errors } = await open({}, page)
  const found = { keys: [], off: '', errors }
  const press = async key => { await tab.keyboard.press(key); return tab.evaluate(() => document.activeElement.id) }
  for (const key of ['j', 'j', 'J', 'k']) found.keys.push(await press(key))
  await tab.click('[data-keys] button')
  found.off = await press('j')
  // No picture can be had here: each has left nothing.
  await tab.evaluate(() => document.querySelectorAll('img').forEach(each => { each.loading = 'eager' }))
  await tab.waitForFunction(() => !document.querySelector('article .picture'), { timeout: 5000 })
  found.pictures = await tab.locator('article img, article .picture').count()
  await tab.emulateMedia({ media: 'print', colorScheme: 'dark' })
  found.printed = await tab.evaluate(() => ({
    controls: [...document.querySelectorAll('button, form, nav, .turn, .bibtex')].filter(each => each.checkVisibility()).length,
    ground: getComputedStyle(document.documentElement).backgroundColor,
    ink: getComputedStyle(document.body).color,
    address: getComputedStyle(document.querySelector('.links a[href^=http]'), '::after').content,
    cut: getComputedStyle(document.querySelector('.paper')).breakInside
  }))
  await tab.emulateMedia({ media: 'screen' })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await tab.addInitScript(() => { navigator.share = async what => { globalThis.shared = what } })
  await tab.goto(address + paper)
  found.copied = []
  for (const button of await tab.$$('.acts button[data-copy]')) {
    await button.click()
    found.copied.push(await tab.evaluate(() => navigator.clipboard.readText()))
  }
  await tab.click('[data-share]')
  found.shared = await tab.evaluate(() => globalThis.shared)
  await tab.goto(`${address}index.html?q=${encodeURIComponent(words)}`)
  await tab.waitForURL('**/search.html?q=*')
  await settled(tab)
  found.old = await tab.evaluate(() => [location.pathname, document.getElementById('words').value])
  await context.close()
  return found
}

async function settled (tab) {
  await tab.waitForFunction(() => document.getElementById('progress').textContent &&
    !document.getElementById('found').hasAttribute('aria-busy'))
}

async function plain (...pages) {
  const found = {}
  for (const page of pages) {
    const { context, tab, errors } = await open({ javaScriptEnabled: false }, page)
    const shown = tab.locator('form, button, a[data-open], [data-served]')
    const controls = []
    for (const each of await shown.all()) if (await each.isVisible()) controls.push(await each.textContent())
    found[page] = { controls, text: await tab.innerText('main'), links: await tab.locator('main a:visible').count(), errors }
    await context.close()
  }
  return found
}

async function filters (...queries) {
  const found = {}
  for (const query of queries) {
    const { context, tab } = await open({}, `search.html?${query}`)
    await settled(tab)
    found[query] = await tab.evaluate(() => ({
      fields: Object.fromEntries(['q', 'author', 'year', 'month'].map(name => [name, document.forms.search.elements[name].value])),
      days: [...document.querySelectorAll('#found time')].map(each => each.dateTime),
      titles: [...document.querySelectorAll('#found h2')].map(each => each.textContent),
      progress: document.getElementById('progress').textContent
    }))
    await context.close()
  }
  return found
}

async function disk (folder, ...pages) {
  const found = {}
  for (const page of pages) {
    const tab = await browser.newPage()
    await tab.goto(`file://${folder}/${page}`)
    found[page] = await tab.evaluate(() => ({
      forms: document.querySelectorAll('form').length,
      header: document.querySelector('header.site').getBoundingClientRect().height,
      links: document.querySelector('header.site nav').getBoundingClientRect().right,
      edge: document.querySelector('main').getBoundingClientRect().right,
      about: document.querySelector('[data-disk]')?.checkVisibility() ?? null
    }))
    await tab.close()
  }
  return found
}

// Several tabs at once: most of the time a page is waited for.
async function payloads (...pages) {
  const seen = { ran: [], globals: [], protocols: [], asked: [], scripts: [] }
  const context = await browser.newContext()
  await context.addInitScript(() => {
    globalThis.ran = []
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) globalThis[name] = what => globalThis.ran.push(what)
    globalThis.known = new Set(Object.getOwnPropertyNames(globalThis))
  })
  await context.route('**', route => {
    const url = route.request().url()
    if (url.startsWith(address)) return route.continue()
    seen.asked.push(url)
    return route.abort()
  })
  const touch = async page => {
    const tab = await context.newPage()
    await tab.goto(address + page)
    const found = await tab.evaluate(async () => {
      document.querySelectorAll('details').forEach(each => { each.open = true })
      const protocols = new Set()
      for (const element of document.querySelectorAll('*')) {
        if (element.localName === 'a' && element.href) protocols.add(element.protocol)
        if (element.localName === 'img') element.loading = 'eager'
        if (element.closest('main') && element.localName !== 'a' && element.localName !== 'button') {
          for (const type of ['mouseover', 'focus', 'toggle', 'load', 'error']) element.dispatchEvent(new Event(type))
        }
      }
      const form = document.getElementById('search')
      if (form) {
        form.elements.q.value = 'a'
        form.requestSubmit()
        const found = document.getElementById('found')
        while (found.hasAttribute('aria-busy')) await new Promise(resolve => setTimeout(resolve, 50))
      }
      await new Promise(resolve => setTimeout(resolve, 300))
      const ours = ['ran', 'known', 'status', 'served', 'form']
      const globals = Object.getOwnPropertyNames(globalThis).filter(name => !globalThis.known.has(name))
      return { ran: globalThis.ran, protocols: [...protocols],
        scripts: [...document.scripts].filter(each => each.type !== 'application/ld+json').map(each => each.src),
        results: document.querySelectorAll('#found li').length,
        globals: globals.filter(name => !ours.includes(name) && typeof globalThis[name] !== 'function') }
    })
    for (const name of ['ran', 'globals', 'protocols', 'scripts']) seen[name].push(...found[name])
    seen.results = Math.max(seen.results ?? 0, found.results)
    await tab.close()
  }
  const left = [...pages]
  const work = async () => { while (left.length) await touch(left.pop()) }
  await Promise.all(Array.from({ length: 6 }, work))
  for (const name of ['globals', 'protocols', 'scripts', 'asked']) seen[name] = [...new Set(seen[name])].sort()
  return seen
}

async function draw (folder, ...pages) {
  const drawn = []
  for (const screen in SCREENS) for (const colorScheme of SCHEMES) for (const page of pages) {
    const { context, tab } = await open({ viewport: SCREENS[screen], colorScheme }, page)
    drawn.push(`${folder}/${page.replace(/\W+/g, '-')}-${screen}-${colorScheme}.png`)
    await tab.screenshot({ path: drawn.at(-1), fullPage: true })
    await context.close()
  }
  return drawn
}
