// Loads the application, shows how far it has come, and says so readably when it cannot start or has stopped.
//
// A classic script, not a module: opened as a file, or from a server without CORS in a sandboxed frame, a browser
// refuses every module, and then nothing would be left to explain why. For the same reason it uses no newer syntax
// than it must, and builds its elements without inline styles or HTML text, which the page's policy forbids.
//
// What others may rely on:
//   <html data-boot="loading | ready | failed | crashed">   how far the page is
//   window event "tcp-lab-usable"                            the page is there, in the reader's language
//   window event "tcp-lab-ready"                             window.tcpLab is there, and the other language
//   window event "tcp-lab-panic", detail {message}           sent by the application; brings up the crash card
//   window.tcpLab.link(), window.tcpLab.journal()            read, if present, to rescue the session after a crash
(function () {
  "use strict";

  var root = document.documentElement;
  var crashed = false;
  // Why the download broke off half-way. Compilation reports only that it did.
  var broken = null;
  // What a policy forbade. The error that follows from it does not say so in every browser.
  var forbidden = null;
  // The other language is tried again after so long, and after twice as long each time, up to the longest pause.
  var FIRST_PAUSE_MS = 4000;
  var LONGEST_PAUSE_MS = 64000;

  // Each text in both languages: when nothing works, it is not known which one the reader chose.
  var TEXTS = {
    failed: { zh: "实验室没能启动", en: "The lab could not start" },
    crashed: { zh: "实验室因内部错误停止了", en: "The lab has stopped because of an internal error" },
    noWasm: {
      zh: "这个浏览器不支持 WebAssembly，或已将它关闭。请换用较新的浏览器，或启用 WebAssembly。",
      en: "This browser has no WebAssembly, or it is switched off. Please use a newer browser or switch it on."
    },
    file: {
      zh: "浏览器不允许直接从文件打开这个页面。请通过网页服务器打开它。",
      en: "Browsers do not allow this page to be opened straight from a file. Please open it through a web server."
    },
    network: {
      zh: "有一个文件没能下载。请检查网络连接，然后重新加载。",
      en: "A file could not be downloaded. Please check your connection and reload."
    },
    status: {
      zh: "服务器没有给出实验室的一个文件。重新加载可能有用；否则请告诉网站的维护者。",
      en: "The server did not deliver one of the lab's files. Reloading may help; if not, please tell the site's owner."
    },
    compile: {
      zh: "程序文件已经下载，但浏览器不能使用它：文件不完整，或浏览器太旧。",
      en: "The program file was downloaded but the browser cannot use it: it is incomplete, or the browser is too old."
    },
    policy: {
      zh: "这个网站的内容安全策略（CSP）不允许 WebAssembly。请网站的维护者在 script-src 中加上 'wasm-unsafe-eval'。",
      en: "This site's Content Security Policy does not allow WebAssembly. " +
        "Its owner has to add 'wasm-unsafe-eval' to script-src."
    },
    texts: {
      zh: "文字文件与程序不配套：它不完整，或者出自另一个版本。重新加载可能有用；否则请告诉网站的维护者。",
      en: "The file of texts does not fit the program: it is incomplete or from another version. " +
        "Reloading may help; if not, please tell the site's owner."
    },
    start: {
      zh: "程序已经加载，但在启动时失败了。",
      en: "The program was loaded but failed while starting."
    },
    rescue: {
      zh: "你的操作记录在下面。请复制保存：重新加载后用其中的链接可以回到这里，也可以附在错误报告里。",
      en: "What you did is recorded below. Copy it before you reload: its link leads back here, and it helps a bug report."
    },
    reload: { zh: "重新加载", en: "Reload" },
    afresh: { zh: "从头开始，不打开这个链接和记录", en: "Start afresh, without this link and this run" },
    copy: { zh: "复制记录", en: "Copy the record" },
    copied: { zh: "已复制。", en: "Copied." },
    select: { zh: "不能自动复制；记录已选中，请手动复制。", en: "Copying is not allowed here; the record is selected for you." },
    record: { zh: "操作记录", en: "Record of the session" },
    details: { zh: "技术细节", en: "Technical details" }
  };

  /** An error whose cause is known, so that the card can name it. */
  function Failure(kind, detail) {
    this.kind = kind;
    this.detail = detail;
  }

  function element(name, content, className) {
    var made = document.createElement(name);
    if (content) made.textContent = content;
    if (className) made.className = className;
    return made;
  }

  /** `text` in both languages, each marked with its own, in one element called `name`. */
  function bilingual(name, text) {
    var made = element(name);
    ["zh", "en"].forEach(function (language, index) {
      if (index) made.appendChild(name === "p" ? element("br") : document.createTextNode(" · "));
      var part = element("span", text[language]);
      part.lang = language === "zh" ? "zh-Hans" : "en";
      made.appendChild(part);
    });
    return made;
  }

  function button(text, onClick) {
    var made = bilingual("button", text);
    made.type = "button";
    made.addEventListener("click", onClick);
    return made;
  }

  function describe(error) {
    if (error instanceof Failure) return error.detail;
    return String((error && error.message) || error);
  }

  /** Calls `f` with what this tab stores, if it may: in a sandboxed frame the mere question throws. */
  function withStore(f) {
    try {
      return f(sessionStorage);
    } catch (ignored) {
      return null;
    }
  }

  /** The name under which the application keeps its run (src/hooks/kept_run.rs). */
  function runKey() {
    return "tcp-lab.run:" + location.pathname + location.search + location.hash;
  }

  /** The link to the run as the application kept it last; null if there is none. */
  function keptRun() {
    return withStore(function (store) { return store.getItem(runKey()); });
  }

  function startAfresh() {
    withStore(function (store) { store.removeItem(runKey()); });
    history.replaceState(null, "", location.pathname + location.search);
    withStore(function (store) { store.removeItem(runKey()); });
    location.reload();
  }

  /** Shows the card; the first one stays, since whatever follows is a consequence of it. */
  function showCard(title, reason, detail, extra) {
    var card = document.getElementById("boot-card");
    if (!card || !card.hidden) return;
    card.appendChild(bilingual("h2", title));
    if (reason) card.appendChild(bilingual("p", reason));
    (extra || []).forEach(function (part) { card.appendChild(part); });
    var details = element("details");
    details.appendChild(bilingual("summary", TEXTS.details));
    details.appendChild(element("code", detail));
    card.appendChild(details);
    card.appendChild(button(TEXTS.reload, function () { location.reload(); }));
    // Whatever is opened by itself may be what fails: there is a way round it.
    if (location.hash || keptRun()) card.appendChild(button(TEXTS.afresh, startAfresh));
    card.hidden = false;
    card.focus();
  }

  function fail(error) {
    root.dataset.boot = "failed";
    var main = document.querySelector("#app .boot");
    if (main) main.hidden = true;
    var kind = error instanceof Failure ? error.kind : "start";
    showCard(TEXTS.failed, TEXTS[kind], describe(error));
    console.error("TCP State Lab could not start (" + kind + "): " + describe(error));
  }

  /** What can be saved of the session. The application has just failed, so every question to it may fail as well. */
  function record(message) {
    var lines = [message, location.href];
    if (keptRun()) lines.push("kept: " + keptRun());
    ["link", "journal"].forEach(function (name) {
      try {
        var value = window.tcpLab[name]();
        lines.push(name + ": " + (typeof value === "string" ? value : JSON.stringify(value)));
      } catch (ignored) {
        lines.push(name + ": -");
      }
    });
    return lines.join("\n");
  }

  function crash(message) {
    if (crashed || root.dataset.boot === "failed") return;
    crashed = true;
    root.dataset.boot = "crashed";
    // The dead application must not be operated, but what it last drew may still be worth reading.
    var app = document.getElementById("app");
    if (app) app.inert = true;

    var field = element("textarea");
    field.readOnly = true;
    field.rows = 4;
    field.value = record(message);
    field.setAttribute("aria-label", TEXTS.record.zh + " · " + TEXTS.record.en);
    var status = element("p");
    status.setAttribute("role", "status");
    function say(text) {
      status.textContent = "";
      status.appendChild(bilingual("span", text));
    }
    function copyByHand() {
      field.focus();
      field.select();
      say(TEXTS.select);
    }
    var copy = button(TEXTS.copy, function () {
      // The clipboard is missing or refuses in sandboxed frames and on plain http.
      if (!navigator.clipboard) return copyByHand();
      navigator.clipboard.writeText(field.value).then(function () { say(TEXTS.copied); }, copyByHand);
    });
    showCard(TEXTS.crashed, TEXTS.rescue, message, [field, status, copy]);
  }

  // A panic ends the module for good: with `panic = "abort"` it traps, and the trap surfaces as one of these.
  function onError(event) {
    var error = event.error || event.reason;
    if (typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError) crash(describe(error));
  }
  window.addEventListener("tcp-lab-panic", function (event) {
    crash(String((event.detail && event.detail.message) || "panic"));
  });
  window.addEventListener("error", onError);
  window.addEventListener("unhandledrejection", onError);
  document.addEventListener("securitypolicyviolation", function (event) {
    if (event.blockedURI === "wasm-eval") forbidden = event.violatedDirective + ": " + event.originalPolicy;
  });

  /** Moves the bar. `total` is 0 while unknown, as it is when the server compresses the file on the way. */
  function showProgress(received, total) {
    var bar = document.getElementById("boot-progress");
    var amount = document.getElementById("boot-amount");
    if (!bar || !amount) return;
    if (total && received <= total) {
      bar.max = total;
      bar.value = received;
    } else {
      bar.removeAttribute("value");
    }
    amount.textContent = Math.round(received / 1024) + (total >= received ? " / " + Math.round(total / 1024) : "") + " KB";
  }

  /** A copy of `response` that reports how much of it has come. Its type is set here, so a server that labels the
      file wrongly does no harm. */
  function withProgress(response) {
    if (!response.body || typeof ReadableStream !== "function") return response;
    var total = response.headers.get("content-encoding") ? 0 : Number(response.headers.get("content-length")) || 0;
    var received = 0;
    broken = null;
    var reader = response.body.getReader();
    showProgress(0, total);
    var stream = new ReadableStream({
      pull: function (controller) {
        return reader.read().then(function (chunk) {
          if (chunk.done) return controller.close();
          received += chunk.value.length;
          showProgress(received, total);
          controller.enqueue(chunk.value);
        }, function (error) {
          broken = error;
          throw error;
        });
      },
      cancel: function (reason) { return reader.cancel(reason); }
    });
    return new Response(stream, { headers: { "content-type": "application/wasm" } });
  }

  function fetchFile(url) {
    return fetch(url).then(
      function (response) {
        if (!response.ok) throw new Failure("status", response.status + " " + response.statusText + " " + url);
        return response;
      },
      function (error) { throw new Failure("network", describe(error) + " " + url); }
    );
  }

  /** The file of texts of a language. */
  function fetchTexts(lang) {
    // The hashed names stand in the page, written by the build.
    var url = document.querySelector('meta[name="boot-texts"][data-lang="' + lang + '"]').content;
    return fetchFile(url).then(function (response) {
      return response.text().catch(function (error) { throw new Failure("network", describe(error) + " " + url); });
    });
  }

  /** The language in which the application will most likely begin, so that its texts come along with the program. What
      counts is what the application says once it is there (src/ui/start.rs); a wrong guess costs a moment. */
  function likelyLanguage() {
    var asked = /[?&](?:lang|hl|locale)=([^&]*)/.exec(location.search);
    var wishes = asked ? [asked[1]] : [];
    try {
      wishes.push(localStorage.getItem("tcp-lab.lang"));
    } catch (ignored) {
      // In a sandboxed frame the mere question throws.
    }
    wishes = wishes.concat(navigator.languages || []);
    for (var i = 0; i < wishes.length; i += 1) {
      var known = /^(zh|en)(?![a-z])/i.exec(wishes[i] || "");
      if (known) return known[1].toLowerCase() === "en" ? "en" : "zh-Hans";
    }
    return "zh-Hans";
  }

  /** Resolves when what was just drawn is on the screen; soon in any case, for a hidden page has no frames. */
  function drawn() {
    return new Promise(function (resolve) {
      setTimeout(resolve, 500);
      requestAnimationFrame(function () { setTimeout(resolve); });
    });
  }

  function takeTexts(program, texts) {
    try {
      program.loadTexts(texts);
    } catch (error) {
      throw new Failure("texts", describe(error));
    }
  }

  /** Loads the language that was not needed for the first frame. Without it the page works on in the one it has, so a
      failure is no reason for a card: the page says so when the language is asked for, and meanwhile it is tried again
      after `pause`. */
  function loadOther(program, lang, pause) {
    return fetchTexts(lang)
      .then(function (texts) { takeTexts(program, texts); })
      .catch(function (error) {
        console.warn("TCP State Lab has no texts in " + lang + " (" + error.kind + "): " + describe(error));
        if (pause <= LONGEST_PAUSE_MS) setTimeout(function () { loadOther(program, lang, 2 * pause); }, pause);
      });
  }

  function start() {
    // It says what to do if this script is missing.
    var late = document.getElementById("boot-late");
    if (late) late.remove();
    if (typeof WebAssembly !== "object") return fail(new Failure("noWasm", "typeof WebAssembly: " + typeof WebAssembly));
    if (location.protocol === "file:") return fail(new Failure("file", location.href));
    // The hashed names stand in these two links, written by the build.
    var jsUrl = document.getElementById("boot-js").href;
    var wasmUrl = document.getElementById("boot-wasm").href;
    var likely = likelyLanguage();
    var texts = fetchTexts(likely);
    var bindings = import(jsUrl).catch(function (error) { throw new Failure("network", describe(error)); });
    var program = Promise.all([bindings, fetchFile(wasmUrl).then(withProgress)]).then(function (loaded) {
      return loaded[0].default({ module_or_path: loaded[1] }).then(
        function () { return loaded[0]; },
        function (error) {
          if (broken) throw new Failure("network", describe(broken));
          if (forbidden || /content security policy|csp/i.test(describe(error))) {
            throw new Failure("policy", describe(error) + " " + (forbidden || ""));
          }
          if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) {
            throw new Failure("compile", describe(error));
          }
          throw error;
        }
      );
    });
    Promise.all([program, texts])
      .then(function (loaded) {
        var lang = loaded[0].wantedLanguage();
        return Promise.all([loaded[0], lang, lang === likely ? loaded[1] : fetchTexts(lang)]);
      })
      .then(function (loaded) {
        takeTexts(loaded[0], loaded[2]);
        loaded[0].mount();
        return loaded;
      })
      .then(function (loaded) {
        // A panic while starting has brought up the crash card already.
        if (crashed) return;
        window.dispatchEvent(new CustomEvent("tcp-lab-usable"));
        return drawn()
          .then(function () { return loadOther(loaded[0], loaded[1] === "en" ? "zh-Hans" : "en", FIRST_PAUSE_MS); })
          .then(function () {
            if (crashed) return;
            loaded[0].offerPageApi();
            root.dataset.boot = "ready";
            window.dispatchEvent(new CustomEvent("tcp-lab-ready"));
          });
      })
      .catch(function (error) { if (!crashed) fail(error); });
  }

  start();
})();
