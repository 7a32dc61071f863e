import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Job } from "kubernetes-models/batch/v1";

for (const file of process.argv.slice(2)) {
  const read = JSON.parse(readFileSync(file, "utf8"));
  let found = "valid";
  try {
    // A model fills in what kind of thing it is.
    if (read.apiVersion !== "batch/v1" || read.kind !== "Job") throw new Error(`data is ${read.apiVersion} ${read.kind}, not batch/v1 Job`);
    new Job(read).validate();
  } catch (error) {
    found = error.message;
  }
  console.log(`${basename(file)}: ${found}`);
}
