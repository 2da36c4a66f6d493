/**
 * Texts that are kept on this device, in IndexedDB: a body of several megabytes fits, which localStorage refuses.
 *
 * A copy: {id, person, article, formKey, at, fields, isOnServer}; `fields` is the form as JSON pairs, `article` is ""
 * for one that was never saved. Each form has one copy, whoever has it open in whichever tab.
 */

const NAME = "redaction";
const STORE = "copies";
const KEPT_FOR = 30 * 86_400_000;

let opening = null;

/** Open the database, once; a browser that refuses one rejects each call, and the caller says so. */
function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

/** Run one request against the store and return its result once it is on disk. */
async function run(mode, ask) {
  const transaction = (await database()).transaction(STORE, mode);
  const request = ask(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export const put = (copy) => run("readwrite", (store) => store.put(copy));
export const remove = (id) => run("readwrite", (store) => store.delete(id));

/** Return the person's copies, latest first. Anybody's that nobody came back for in 30 days are dropped. */
export async function ofPerson(person) {
  const all = await run("readonly", (store) => store.getAll());
  const isOld = (copy) => copy.at < Date.now() - KEPT_FOR;
  await Promise.all(all.filter(isOld).map((copy) => remove(copy.id)));
  return all.filter((copy) => copy.person === person && !isOld(copy)).sort((one, other) => other.at - one.at);
}
