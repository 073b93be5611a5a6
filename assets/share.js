/* What there is to share of a chart, in a dialog over its page; and buttons that copy. Fetched when it is wanted. */
(function () {
  'use strict';
  var IMAGES = window.ClipboardItem && navigator.clipboard && navigator.clipboard.write;

  function add(parent, tag, props) {
    return parent.appendChild(Object.assign(document.createElement(tag), props));
  }

  function say(parts, text) {
    var live = document.getElementById('sharing-said') || document.getElementById('live');
    if (live) live.textContent = text;
  }

  function select(text) {
    var range = document.createRange();
    range.selectNodeContents(text);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }

  function words(text) {
    return text.innerText.replace(/\n{2,}/g, '\n').trim();
  }

  function copyText(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(words(text));
    select(text);
    return document.execCommand('copy') ? Promise.resolve() : Promise.reject();
  }

  function copyPicture(url) {
    var png = fetch(url).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.blob();
    });
    return navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
  }

  function button(place, parts, name, label, copy, failed) {
    var one = add(place, 'button', { type: 'button', className: 'copy', textContent: name });
    if (label) one.setAttribute('aria-label', name + ': ' + label);
    one.addEventListener('click', function () {
      copy().then(function () {
        one.textContent = parts.dataset.copied;
        say(parts, parts.dataset.copied + (label ? ': ' + label : ''));
        setTimeout(function () { one.textContent = name; }, 3000);
      }, failed);
    });
  }

  function today(parts) {
    var lang = document.documentElement.lang, region = lang === 'en' ? '-GB' : '', digits = lang === 'bn' ? '' : '-u-nu-latn';
    var day = new Intl.DateTimeFormat(lang + region + digits, { dateStyle: 'long' }).format(new Date());
    parts.querySelectorAll('[data-today]').forEach(function (line) {
      line.textContent = parts.dataset.accessed.replace('{date}', day);
      line.hidden = false;
    });
  }

  function buttons(parts, root) {
    root.querySelectorAll('.copy-row').forEach(function (row) {
      var text = row.querySelector('.copied'), label = row.querySelector('.copied-name').textContent;
      button(row, parts, parts.dataset.copy, label, function () { return copyText(text); }, function () {
        select(text);
        say(parts, parts.dataset.select);
      });
    });
  }

  /* Another embed is asked for as soon as it is chosen; only its code is written anew, by the last answer. */
  function embed(parts) {
    var form = parts.querySelector('.share-form'), wanted = '';
    form.addEventListener('change', function () {
      var url = form.action.replace(/\/share#.*$/, '.share') + '?' + new URLSearchParams(new FormData(form));
      wanted = url;
      get(url).then(function (markup) {
        if (url !== wanted) return;
        var found = new DOMParser().parseFromString(markup, 'text/html');
        var code = parts.querySelector('#share-embed-code');
        code.replaceChildren.apply(code, found.querySelector('#share-embed-code').childNodes);
        buttons(parts, code);
      }, function () { form.submit(); });
    });
  }

  function enhance(parts) {
    if (parts.hasAttribute('data-ready')) return;
    parts.setAttribute('data-ready', '');
    today(parts);
    buttons(parts, parts);
    var picture = parts.querySelector('[data-copy-picture]');
    if (IMAGES && picture) {
      var url = picture.getAttribute('data-copy-picture');
      button(picture, parts, parts.dataset.picture, '', function () { return copyPicture(url); }, function () {
        location.href = url;
      });
    }
    embed(parts);
  }

  function get(url) {
    return fetch(url, { headers: { accept: 'text/html' } }).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.text();
    });
  }

  function styled(dialog) {
    var link = dialog.querySelector('link');
    return new Promise(function (done) {
      if (link.sheet) done();
      link.onload = link.onerror = done;
    });
  }

  function show(markup) {
    var dialog = add(document.body, 'dialog', { className: 'sharing', innerHTML: markup });
    var parts = dialog.querySelector('.sharing-parts'), title = dialog.querySelector('#sharing-title');
    dialog.setAttribute('aria-labelledby', title.id);
    var close = document.createElement('button');
    Object.assign(close, { type: 'button', className: 'close', textContent: parts.dataset.close });
    close.addEventListener('click', function () { dialog.close(); });
    title.after(close);
    enhance(parts);
    dialog.addEventListener('click', function (event) { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener('close', function () { dialog.remove(); });
    return styled(dialog).then(function () {
      dialog.showModal();
      title.focus();
    });
  }

  window.bwpShare = {
    open: function (link) {
      if (!window.HTMLDialogElement) return Promise.reject();
      return get(link.href.replace(/\/share(?=\?|$)/, '.share')).then(show);
    }
  };
  document.querySelectorAll('main .sharing-parts').forEach(enhance);
})();
