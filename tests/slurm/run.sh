#!/bin/bash
# A sweep on a real Slurm: submitted as a job array, one task killed, one requeued, one stopped at its time limit, one cancelled, all resubmitted, merged, and
# compared byte for byte with the same sweep on one machine.  usage: tests/slurm/run.sh [TOOL …], the tool built by `dotnet build -c Release` by default.
# Exit code 0 when all held, 77 when there is no Slurm here, else 1.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tool=("$@")
[ ${#tool[@]} -gt 0 ] || tool=(dotnet "$here/../../src/AnalogTheory.Cli/bin/Release/net10.0/AnalogTheory.Cli.dll")
for program in slurmctld slurmd sbatch munged; do
  command -v $program > /dev/null || { echo "skipped: expected $program on this machine (Debian: slurm-wlm and munge)"; exit 77; }
done
[ "$(id -u)" = 0 ] || { echo "skipped: starting Slurm needs root"; exit 77; }

folder=$(mktemp -d)
. "$here/cluster.sh"
trap 'stop_cluster; rm -rf "$folder"' EXIT
fail() { echo "FAILED: $*"; sacct 2>/dev/null; squeue; tail -n 5 "$folder"/map/logs/* 2>/dev/null; exit 1; }
state() { squeue -h -r -o '%T' -j "$1" 2>/dev/null | head -n 1; }
wait_for() { # TASK STATE SECONDS
  for _ in $(seq $(( $3 * 2 ))); do [ "$(state "$1")" = "$2" ] && return 0; sleep 0.5; done
  return 1
}
wait_empty() { # SECONDS
  for _ in $(seq "$1"); do [ -z "$(squeue -h -r)" ] && return 0; sleep 1; done
  return 1
}
wait_kept() { # SHARD SECONDS: until it has kept its first cell
  for _ in $(seq $(( $2 * 10 ))); do
    [ -s "map/shards/shard-$1-of-6/unfinished.parts" ] && return 0
    sleep 0.1
  done
  return 1
}
start_cluster "$folder/cluster" || fail "the cluster did not start"
echo "Slurm $(sinfo --version | cut -d' ' -f2), MaxArraySize $(scontrol show config | awk '/MaxArraySize/{print $3}')"

cd "$folder"
cp "$here/sweep.json" map.json
"${tool[@]}" sweep map.json --out map --slurm --shards 6 --time 00:05:00 --submit > submitted || fail "submission"
cat submitted
jobs=($(sed -n 's/^submitted: job //p' submitted))
[ ${#jobs[@]} -eq 2 ] || fail "expected two arrays under MaxArraySize, got ${#jobs[@]}"

# 1. One task is killed outright: Slurm calls it failed, and its journal stays.
wait_kept 0 120 || fail "shard 0 keeps nothing"
pkill -KILL -f -- "--shard 0/6" || fail "nothing to kill"
echo "killed shard 0 after its first cell"

# 2. One running task is requeued.
wait_kept 1 120 || fail "shard 1 keeps nothing"
scontrol requeue "${jobs[0]}_1" || fail "shard 1 was not requeued"
echo "requeued shard 1"

# 3. One task gets the signal of its time limit, keeps what it has, and queues itself again.
restarts() { scontrol show job "$1" | sed -n 's/.*Restarts=\([0-9]*\).*/\1/p'; }
wait_kept 4 240 || fail "shard 4 keeps nothing"
scancel --batch --signal=USR1 "${jobs[1]}_0" && echo "told shard 4 that its time ends"
for _ in $(seq 120); do [ "$(restarts "${jobs[1]}_0")" = 1 ] && break; sleep 0.5; done
[ "$(restarts "${jobs[1]}_0")" = 1 ] || fail "shard 4 did not queue itself again"
grep -q "What is finished is kept" map/logs/"${jobs[1]}"_0.log || fail "shard 4 did not say that it kept what it had"
echo "shard 4 kept what it had and queued itself again"

# 4. The rest of the second array is cancelled for good.
scancel "${jobs[1]}" && echo "cancelled array ${jobs[1]}"
# Slurm makes a requeued task wait two minutes; a test need not.
wait_for "${jobs[0]}_1" PENDING 60 && scontrol update JobId="${jobs[0]}_1" StartTime=now
wait_empty 240 || fail "tasks do not end"
"${tool[@]}" sweep status map
"${tool[@]}" sweep merge map && fail "merged though cells are missing"

# 5. Submitted again, the same command: what is finished is skipped.
"${tool[@]}" sweep map.json --out map --slurm --shards 6 --time 00:05:00 --submit || fail "submission"
wait_empty 400 || fail "tasks do not end"
"${tool[@]}" sweep status map
"${tool[@]}" sweep merge map || fail "merge"

"${tool[@]}" sweep map.json --out alone > /dev/null || fail "one machine"
cmp map/result.csv alone/result.csv || fail "result.csv differs"
cmp map/result.parquet alone/result.parquet || fail "result.parquet differs"
echo "passed: $(($(wc -l < map/result.csv) - 1)) rows, equal to the byte to those of one machine"
