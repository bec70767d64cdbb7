// Starts the language server, `baton lsp`, for texts that end in .rulebook, and stops it with the window.
const { workspace } = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

exports.activate = () => {
  const [command, ...first] = workspace.getConfiguration("baton").get("command");
  const run = { command, args: [...first, "lsp"], transport: TransportKind.stdio };
  const fileEvents = workspace.createFileSystemWatcher("**/{*.rulebook,baton.toml}");
  const options = { documentSelector: [{ language: "baton" }], synchronize: { fileEvents } };
  client = new LanguageClient("baton", "Baton", { run, debug: run }, options);
  return client.start();
};

exports.deactivate = () => client && client.stop();
