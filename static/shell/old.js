// For browsers without modules: they get a sentence instead of silence.
document.documentElement.setAttribute("data-boot", "failed");
document.querySelector("#boot .boot-text")?.append(
  "This browser is too old for Portolan: it needs JavaScript modules and WebAssembly.",
);
