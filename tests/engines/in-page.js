/* Runs in the page, in the words of the oldest engine: finds things as assistive technology does, by role and name. */
// eslint-disable-next-line @typescript-eslint/no-unused-expressions -- the page calls it
(function (question) {
  var IMPLICIT = {
    a: function (element) {
      return element.hasAttribute('href') ? 'link' : '';
    },
    button: 'button',
    summary: 'button',
    select: 'combobox',
    textarea: 'textbox',
    h1: 'heading',
    h2: 'heading',
    h3: 'heading',
    ul: 'list',
    ol: 'list',
    li: 'listitem',
    img: 'img',
    dialog: 'dialog',
    output: 'status',
    fieldset: 'group',
    section: 'region',
    input: function (element) {
      var known = {
        search: 'searchbox',
        button: 'button',
        submit: 'button',
        checkbox: 'checkbox',
        radio: 'radio',
        range: 'slider',
        text: 'textbox',
        tel: 'textbox',
      };
      return known[element.type] || '';
    },
  };
  var FROM_CONTENT = [
    'button',
    'link',
    'heading',
    'radio',
    'switch',
    'option',
    'status',
    'alert',
    'listitem',
  ];

  function roleOf(element) {
    var given = element.getAttribute('role');
    if (given) return given;
    var implicit = IMPLICIT[element.tagName.toLowerCase()];
    return typeof implicit === 'function' ? implicit(element) : implicit || '';
  }

  function isHidden(element) {
    // Vue writes inert="false" where the engine does not know the property.
    if (element.closest('[aria-hidden="true"], [inert]:not([inert="false"])')) return true;
    return element.getClientRects().length === 0 || getComputedStyle(element).visibility !== 'visible';
  }

  /** The text of what is shown, pictures by their names. */
  function contentOf(node) {
    if (node.nodeType === 3) return node.data;
    if (node.nodeType !== 1 || node.getAttribute('aria-hidden') === 'true') return '';
    var style = getComputedStyle(node);
    if (style.display === 'none' || style.visibility === 'hidden') return '';
    var own = node.getAttribute('aria-label') || node.getAttribute('alt');
    if (own) return own;
    var inner = Array.from(node.childNodes, contentOf).join('');
    return style.display === 'inline' ? inner : ' ' + inner + ' ';
  }

  function nameOf(element) {
    var ids = element.getAttribute('aria-labelledby');
    if (ids) {
      return ids
        .split(/\s+/)
        .map(function (id) {
          var label = document.getElementById(id);
          return label ? contentOf(label) : '';
        })
        .join(' ');
    }
    if (element.getAttribute('aria-label')) return element.getAttribute('aria-label');
    if (element.labels && element.labels.length > 0) return Array.from(element.labels, contentOf).join(' ');
    if (element.getAttribute('alt')) return element.getAttribute('alt');
    if (FROM_CONTENT.indexOf(roleOf(element)) >= 0) {
      var content = Array.from(element.childNodes, contentOf).join('');
      if (content.trim()) return content;
    }
    return element.value && element.type === 'submit'
      ? element.value
      : element.getAttribute('title') || element.getAttribute('placeholder') || '';
  }

  function tidy(text) {
    return text.replace(/\s+/g, ' ').trim();
  }

  function all(role, name) {
    var pattern = name === undefined ? /(?:)/ : new RegExp(name);
    return Array.from(document.querySelectorAll('*')).filter(function (element) {
      return roleOf(element) === role && !isHidden(element) && pattern.test(tidy(nameOf(element)));
    });
  }

  function describe(element, count) {
    // A hidden control is touched on its label, as people do.
    var label = element.labels && element.labels[0];
    var box = element.getBoundingClientRect();
    var touched = box.width < 4 && label ? label : element;
    box = touched.getBoundingClientRect();
    var x = box.left + box.width / 2;
    var y = box.top + box.height / 2;
    var top = document.elementFromPoint(x, y);
    return {
      count: count,
      name: tidy(nameOf(element)),
      text: tidy(element.innerText || ''),
      value: 'value' in element ? element.value : null,
      checked: element.checked === true || element.getAttribute('aria-checked') === 'true',
      pressed: element.getAttribute('aria-pressed') === 'true',
      href: element.getAttribute('href'),
      focused: element === document.activeElement,
      busy: element.getAttribute('aria-busy') === 'true',
      x: x,
      y: y,
      left: box.left,
      right: box.right,
      top: box.top,
      bottom: box.bottom,
      touchable: top !== null && (touched.contains(top) || (!!label && label.contains(top))),
    };
  }

  var verbs = {
    find: function () {
      var found = all(question.role, question.name);
      var element = found[question.index || 0];
      return element ? describe(element, found.length) : { count: found.length };
    },
    reveal: function () {
      var element = all(question.role, question.name)[question.index || 0];
      if (element) element.scrollIntoView({ block: 'center' });
      return !!element;
    },
    select: function () {
      var element = all(question.role, question.name)[0];
      if (element) element.select();
      return !!element;
    },
    choose: function () {
      var select = all(question.role, question.name)[0];
      select.value = question.value;
      ['input', 'change'].forEach(function (type) {
        select.dispatchEvent(new Event(type, { bubbles: true }));
      });
      return select.value;
    },
    field: function () {
      var terms = Array.from(document.querySelectorAll('dt')).filter(function (term) {
        return !isHidden(term) && tidy(contentOf(term)) === question.label;
      });
      var next = terms[0] && terms[0].nextElementSibling;
      return next ? tidy(contentOf(next)) : null;
    },
    text: function () {
      return tidy(document.body.innerText);
    },
  };
  return verbs[question.verb]();
});
