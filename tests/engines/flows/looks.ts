import assert from 'node:assert/strict';
import type { Page } from '../page.ts';
import { NotHere } from './flow.ts';
import type { Flow } from './flow.ts';
import { BOX, NAMESAKES, openApp, search } from './names.ts';

const WIDTH = 390;
/** A card that touches the screen's edge is no card any more. */
const MARGIN = 6;
const IN_A_LARGE_BOX = 18;

/** What is seen, where an engine does not know a value of the styles. */
export const LOOK_FLOWS: readonly Flow[] = [
  {
    name: 'large cards',
    async run(page) {
      await inLargeMode(page, async () => {
        await search(page, NAMESAKES.name);
        const { left, right } = await page.see('link', new RegExp(NAMESAKES.name));
        await page.picture('large-results');
        assert.ok(left >= MARGIN && right <= WIDTH - MARGIN, `a card reaches from ${left} to ${right}`);
        assert.deepEqual(await page.evaluate(OVERFLOWING), [], 'text runs out of its card');
      });
    },
  },
  {
    name: 'large box',
    async run(page) {
      await inLargeMode(page, async () => {
        await page.see('searchbox', BOX);
        const size = await page.evaluate<string>(
          "getComputedStyle(document.querySelector('input[type=search]')).fontSize",
        );
        assert.ok(parseFloat(size) >= IN_A_LARGE_BOX, `the text of the box has ${size}`);
      });
    },
  },
  {
    name: 'large English',
    async run(page) {
      await page.open('settings');
      await page.click('radio', 'English');
      await page.see('heading', 'Settings');
      await page.open();
      await page.click('button', /^Large/);
      try {
        await page.until('larger text', () =>
          page.evaluate<boolean>('parseFloat(getComputedStyle(document.body).fontSize) >= 18'),
        );
        await page.picture('large-english');
        assert.equal(await page.evaluate(LINES_OF_SCHOOL), 1, 'the lines of the school’s name');
        assert.equal(
          await page.evaluate(PLACEHOLDER_FITS),
          true,
          'the placeholder fits or ends in an ellipsis',
        );
      } finally {
        await forget(page);
      }
    },
  },
  {
    name: 'focus rings',
    async run(page) {
      await page.open('settings');
      await page.see('radio', '跟随系统');
      if (!(await page.evaluate<boolean>('document.hasFocus()'))) {
        throw new NotHere('its window never has the focus');
      }
      const before = await page.evaluate(DRAWN_AROUND_RADIOS);
      await page.until('radio with the focus', async () => {
        await page.browser.press('Tab');
        return page.evaluate<boolean>("document.activeElement.matches('input[type=radio], [role=radio]')");
      });
      await page.picture('focus');
      assert.notDeepEqual(await page.evaluate(DRAWN_AROUND_RADIOS), before, 'the focus is not seen');
    },
  },
  {
    name: 'selects',
    async run(page) {
      await openApp(page);
      await page.see('combobox', '以谁的身份查看');
      assert.deepEqual(await page.evaluate(NATIVE_SELECTS), [], 'the engine’s own look, in our colours');
    },
  },
  {
    name: 'too old',
    async run(page, { network }) {
      // The page as an engine takes it that runs no modules.
      const end = network.rewrite((html) =>
        html
          .replace(/<script type="module"/g, '<script type="unknown"')
          .replace(/<script nomodule/g, '<script'),
      );
      try {
        await page.open();
        await page.see('heading', '请更新浏览器');
        await page.until('styles', () =>
          page.evaluate<boolean>("getComputedStyle(document.querySelector('main')).paddingLeft !== '0px'"),
        );
        await page.picture('too-old');
      } finally {
        end();
      }
    },
  },
];

/** Texts of results that reach beyond the result. */
const OVERFLOWING = `Array.from(document.querySelectorAll('main li *')).filter(function (element) {
  var card = element.closest('li').getBoundingClientRect();
  return Array.from(element.childNodes).some(function (node) {
    if (node.nodeType !== 3 || !node.data.trim()) return false;
    var range = document.createRange();
    range.selectNodeContents(node);
    var box = range.getBoundingClientRect();
    return box.right > card.right - 4 || box.left < card.left;
  });
}).map(function (element) { return element.textContent; })`;

const LINES_OF_SCHOOL = `(function () {
  var walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (walker.currentNode.data.trim() !== '青屿大学') continue;
    var range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    var tops = Array.from(range.getClientRects(), function (box) { return Math.round(box.top); });
    return tops.filter(function (top, index) { return tops.indexOf(top) === index; }).length;
  }
  return 0;
})()`;

const PLACEHOLDER_FITS = `(function () {
  var box = document.querySelector('input[type=search]');
  var style = getComputedStyle(box);
  if (style.textOverflow === 'ellipsis') return true;
  var pen = document.createElement('canvas').getContext('2d');
  pen.font = style.fontWeight + ' ' + style.fontSize + ' ' + style.fontFamily;
  var room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return pen.measureText(box.placeholder).width <= room;
})()`;

/** Of each radio button and what is around it, whatever may show that it has the focus. */
const DRAWN_AROUND_RADIOS = `Array.from(document.querySelectorAll('input[type=radio], [role=radio]'), function (radio) {
  var around = [radio, radio.parentElement].concat(Array.from(radio.parentElement.children));
  if (radio.labels && radio.labels[0]) around.push(radio.labels[0]);
  return around.filter(function (element) {
    return element.offsetWidth > 4 && getComputedStyle(element).opacity !== '0';
  }).map(function (element) {
    var style = getComputedStyle(element);
    return style.outlineStyle === 'none' ? style.boxShadow : style.outlineStyle + style.outlineWidth;
  }).join();
})`;

const NATIVE_SELECTS = `Array.from(document.querySelectorAll('select')).filter(function (select) {
  var style = getComputedStyle(select);
  return (style.appearance || style.webkitAppearance) !== 'none';
}).map(function (select) { return select.getAttribute('aria-label') || select.id || 'a select'; })`;

async function inLargeMode(page: Page, run: () => Promise<void>): Promise<void> {
  await openApp(page);
  await page.click('button', '长辈版');
  try {
    await page.until('large mode', async () => (await page.see('button', '长辈版')).pressed);
    await run();
  } finally {
    await forget(page);
  }
}

/** The next flow finds the device as it was. */
async function forget(page: Page): Promise<void> {
  await page.evaluate('localStorage.clear()');
}
