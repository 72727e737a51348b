// The card form: grouping, brand and check digit as the payer types. The server judges all of it again.
(function () {
  "use strict";
  var form = document.getElementById("card");
  var number = document.getElementById("number");
  var expiry = document.getElementById("expiry");
  var code = document.getElementById("cvv");
  var brand = document.getElementById("brand");
  if (!form || !number) return;
  form.noValidate = true;

  // First digits of each brand, the number's lengths, and how its digits are grouped.
  var brands = [
    { file: "visa", name: "Visa", begins: /^4/, lengths: [13, 16, 19] },
    { file: "mastercard", name: "Mastercard", begins: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
    { file: "jcb", name: "JCB", begins: /^35(2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
    { file: "unionpay", name: "UnionPay", begins: /^(62|81[0-7]|9100)/, lengths: [16, 17, 18, 19] },
    { file: "", name: "American Express", begins: /^3[47]/, lengths: [15], groups: [4, 6, 5] }
  ];

  function digits(text) { return text.replace(/\D/g, ""); }

  function brandOf(text) {
    return brands.filter(function (brand) { return brand.begins.test(text); })[0];
  }

  function isLuhn(text) {
    var sum = 0;
    for (var i = 0; i < text.length; i++) {
      var digit = Number(text[text.length - 1 - i]);
      if (i % 2) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }
    return sum % 10 === 0;
  }

  function grouped(text, groups) {
    var parts = [], at = 0;
    for (var i = 0; at < text.length; i++) {
      var length = groups ? groups[i] || 4 : 4;
      parts.push(text.slice(at, at + length));
      at += length;
    }
    return parts.join(" ");
  }

  // Rewrites a field and keeps the caret behind the same digit.
  function rewrite(input, write) {
    var before = digits(input.value.slice(0, input.selectionStart)).length;
    var atEnd = input.selectionStart === input.value.length;
    var text = write(input.value);
    if (text === input.value) return;
    input.value = text;
    var caret = text.length;
    if (!atEnd) {
      for (caret = 0; before > 0 && caret < text.length; caret++) if (/\d/.test(text[caret])) before--;
    }
    if (document.activeElement === input) input.setSelectionRange(caret, caret);
  }

  function tell(input, message) {
    document.getElementById(input.id + "-error").textContent = message || "";
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    return message;
  }

  function showBrand() {
    var found = brandOf(digits(number.value));
    var file = found && found.file;
    if (brand.dataset.file === (file || "")) return;
    brand.dataset.file = file || "";
    brand.textContent = "";
    if (file) {
      var picture = new Image(42, 28);
      picture.src = "/ui/v2/assets/" + file + ".svg";
      picture.alt = found.name;
      brand.appendChild(picture);
    }
    document.querySelectorAll(".marks img").forEach(function (mark) {
      mark.classList.toggle("faint", Boolean(file) && mark.dataset.brand !== file);
    });
  }

  function numberFault() {
    var text = digits(number.value);
    if (!text) return number.dataset.missing;
    return text.length < 13 || !isLuhn(text) ? number.dataset.wrong : "";
  }

  function expiryFault() {
    var text = digits(expiry.value);
    if (!text) return expiry.dataset.missing;
    var month = Number(text.slice(0, 2)), year = 2000 + Number(text.slice(2));
    if (text.length !== 4 || month < 1 || month > 12) return expiry.dataset.wrong;
    return "";
  }

  number.addEventListener("input", function () {
    rewrite(number, function (text) {
      var plain = digits(text).slice(0, 19), found = brandOf(plain);
      return grouped(plain, found && found.groups);
    });
    showBrand();
    var text = digits(number.value), found = brandOf(text);
    // A whole number with a wrong digit is told at once; one that is still being typed is not.
    var isWhole = text.length >= (found ? found.lengths[0] : 16);
    if (!isWhole || isLuhn(text)) tell(number, "");
    else if (found && found.lengths.indexOf(text.length) >= 0) tell(number, number.dataset.wrong);
  });
  number.addEventListener("blur", function () { if (number.value) tell(number, numberFault()); });

  expiry.addEventListener("input", function (event) {
    rewrite(expiry, function (text) {
      var plain = digits(text);
      if (/^[2-9]/.test(plain)) plain = "0" + plain;
      // Four digits of a year of this century: the card has the last two.
      plain = plain.slice(0, 6).replace(/^(\d\d)20(\d\d)$/, "$1$2");
      if (plain.length > 2) return plain.slice(0, 2) + "/" + plain.slice(2);
      return plain.length === 2 && /\/\s*$/.test(text) ? plain + "/" : plain;
    });
    if (!expiryFault()) tell(expiry, "");
  });
  expiry.addEventListener("blur", function () { if (expiry.value) tell(expiry, expiryFault()); });

  code.addEventListener("input", function () {
    rewrite(code, function (text) { return digits(text).slice(0, 4); });
    if (code.value.length >= 3) tell(code, "");
  });

  // The number of months, where the payer chooses it.
  var terms = document.getElementById("term");
  function termFault() {
    return terms && !terms.querySelector("input:checked") ? terms.dataset.missing : "";
  }
  if (terms) terms.addEventListener("change", function () { tell(terms, termFault()); });

  form.addEventListener("submit", function (event) {
    // A published test number may carry a wrong check digit: what is whole is marked, and may be sent all the same.
    tell(number, numberFault());
    var faults = [
      digits(number.value).length < 13,
      tell(expiry, expiryFault()),
      tell(code, !code.value ? code.dataset.missing : code.value.length < 3 ? code.dataset.wrong : "")
    ];
    var name = document.getElementById("name");
    faults.push(tell(name, name.value.trim() ? "" : name.dataset.missing));
    if (terms) faults.push(tell(terms, termFault()));
    if (faults.some(Boolean) || form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      var first = form.querySelector("[aria-invalid]");
      if (first) first.focus();
      return;
    }
    form.setAttribute("aria-busy", "true");
    // The browser has taken the values by now: nothing of the card stays here.
    setTimeout(forget, 0);
  });

  function forget() {
    number.value = code.value = "";
  }
  window.addEventListener("pagehide", forget);
  window.addEventListener("pageshow", function () { form.removeAttribute("aria-busy"); });

  showBrand();
  // What the payer has done before this script came is taken as if it were done now.
  [number, expiry, code].forEach(function (input) {
    if (input.value === input.defaultValue) return;
    input.dispatchEvent(new Event("input"));
    if (document.activeElement !== input) input.dispatchEvent(new Event("blur"));
  });
  var chosen = terms && terms.querySelector("input:checked");
  if (chosen && !chosen.defaultChecked) tell(terms, termFault());

  var problems = document.getElementById("problems");
  // A payer who is already in a field stays there.
  if (problems && !form.contains(document.activeElement)) (form.querySelector("[aria-invalid]") || problems).focus();
})();
