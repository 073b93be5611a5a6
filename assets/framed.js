/* Inside a frame: tells the page around it how high the chart is. Stores nothing, asks nobody else. */
(function () {
  'use strict';
  if (window.parent === window) return;
  var last = 0;
  new ResizeObserver(function () {
    var height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height === last) return;
    last = height;
    window.parent.postMessage({ type: 'bwp:height', height: height }, '*');
  }).observe(document.body);
})();
