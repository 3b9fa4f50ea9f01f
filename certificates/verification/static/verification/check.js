// Reads the signed facts from the part of the address after `#`, which never reaches the server, checks the signature on
// this device and shows the full name from the paper. Where that is impossible the page stays as the server sent it.
import { Tagged, decode, toBeSigned } from "./cbor.js";

const EDDSA = -8;
const [FORMAT, NUMBER, NAME] = [1, 2, 3]; // keys of the payload: certificates.issuing.rules.credential

export function parts(fragment) {
  const match = /^#1\.([A-Za-z0-9_-]{100,1400})$/.exec(fragment);
  if (!match) throw new Error("no credential");
  const text = atob(match[1].replace(/-/g, "+").replace(/_/g, "/"));
  const message = decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  if (!(message instanceof Tagged) || message.tag !== 18 || message.value.length !== 4) throw new Error("no COSE_Sign1");
  const [protectedBytes, unprotected, payload, signature] = message.value;
  const header = decode(protectedBytes);
  if (!(unprotected instanceof Map) || unprotected.size || header.size !== 2 || header.get(1) !== EDDSA) throw new Error("not our header");
  return { kid: new TextDecoder().decode(header.get(4)), protectedBytes, payload, signature };
}

async function genuine({ kid, protectedBytes, payload, signature }, keysAddress) {
  const keys = await (await fetch(keysAddress, { credentials: "omit" })).json();
  if (!Object.hasOwn(keys, kid)) return false;
  const key = await crypto.subtle.importKey("jwk", { kty: "OKP", crv: "Ed25519", x: keys[kid] }, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, signature, toBeSigned(protectedBytes, payload));
}

function show(state) {
  for (const part of document.querySelectorAll(`[data-signature="${state}"]`)) part.hidden = false;
}

async function checkPaper(certificate) {
  let credential;
  try {
    credential = parts(location.hash);
  } catch {
    return show("bad"); // cut off, or of another site
  }
  let holds;
  try {
    holds = await genuine(credential, certificate.dataset.keys);
  } catch {
    return; // an old browser without Ed25519, or no network: the server's answer stands alone
  }
  const facts = holds ? decode(credential.payload) : new Map();
  const number = certificate.dataset.number;
  if (!holds || facts.get(FORMAT) !== 1 || (number && facts.get(NUMBER) !== number)) return show("bad");
  const name = document.querySelector("[data-name]");
  if (name) name.textContent = facts.get(NAME);
  for (const part of document.querySelectorAll("[data-when-masked]")) part.hidden = true;
  show("good");
}

const certificate = document.querySelector("[data-certificate]");
if (certificate && location.hash.length > 1) checkPaper(certificate);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
