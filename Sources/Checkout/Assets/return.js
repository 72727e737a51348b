// Takes the browser back to the shop: at once, or once the payer has seen what came of it.
(function () {
  "use strict";
  var way = document.getElementById("return");
  var after = Number(way.dataset.after || 0);
  function leave() {
    if (way.tagName === "A") return location.assign(way.href);
    way.submit();
  }
  if (after === 0) return leave();
  setTimeout(leave, after * 1000);
})();
