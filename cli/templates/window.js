// Keys go to the terminal at once: nobody has to click into it first.
addEventListener("load", () => document.querySelector(".xterm-helper-textarea").focus());
