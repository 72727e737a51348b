// Takes the browser back to the shop: at once, or once the payer has seen what came of it.
(function () {
  "use strict";
  var form = document.getElementById("return");
  var after = Number(form.dataset.after || 0);
  if (after === 0) return form.submit();
  setTimeout(function () { form.submit(); }, after * 1000);
})();
