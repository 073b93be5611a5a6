/* A pinned view asks whether any of its figures was revised since; without an answer nothing is said. */
(function () {
  'use strict';

  function add(line, found) {
    if (!found || !found.text) return;
    var link = document.createElement('a');
    link.href = found.href;
    link.textContent = found.text;
    line.append(' ', link);
  }

  function ask(line) {
    var url = line.getAttribute('data-notice');
    line.removeAttribute('data-notice');
    fetch(url, { headers: { accept: 'application/json' } }).then(function (answer) {
      return answer.ok ? answer.json() : null;
    }).then(function (found) { add(line, found); }).catch(function (unreachable) {
      line.setAttribute('data-unasked', unreachable.name);
    });
  }

  function look(root) { root.querySelectorAll('[data-notice]').forEach(ask); }

  window.bwpNotice = { look: look };
  look(document);
})();
