import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { Job } from "kubernetes-models/batch/v1";

for (const file of process.argv.slice(2)) {
  const job = new Job(JSON.parse(readFileSync(file, "utf8")));
  let found = "valid";
  try {
    job.validate();
  } catch (error) {
    found = error.message;
  }
  console.log(`${basename(file)}: ${found}`);
}
