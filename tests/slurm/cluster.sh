# A Slurm cluster of one node on the loopback address, for tests: `start_cluster FOLDER`, then `stop_cluster`. Needs root, slurm-wlm and munge.
# Sourced by run.sh. Everything that it starts it stops, and what it writes is in FOLDER and, since munged wants its socket where nobody else writes, in /run.

start_cluster() {
  cluster=$1
  munge_folder=/run/analog-theory-munge.$$
  mkdir -p "$cluster/state" "$cluster/spool" "$munge_folder"
  chmod 755 "$cluster" "$munge_folder"
  dd if=/dev/urandom of="$munge_folder/key" bs=1024 count=1 status=none
  chmod 400 "$munge_folder/key"
  munged --force --key-file="$munge_folder/key" --socket="$munge_folder/socket" --pid-file="$munge_folder/pid" \
    --log-file="$munge_folder/log" --seed-file="$munge_folder/seed" --num-threads=2
  host=$(hostname -s)
  export SLURM_CONF="$cluster/slurm.conf"
  cat > "$SLURM_CONF" <<END
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=$munge_folder/socket
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmdPidFile=$cluster/slurmd.pid
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdLogFile=$cluster/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
JobRequeue=1
KillWait=10
MinJobAge=300
MaxArraySize=4
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2,requeue_delay=1
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
  slurmctld -D > "$cluster/slurmctld.out" 2>&1 &
  slurmctld_process=$!
  slurmd -D -N "$host" > "$cluster/slurmd.out" 2>&1 &
  slurmd_process=$!
  for _ in $(seq 60); do
    if sinfo -h -o %T 2>/dev/null | grep -q idle; then return 0; fi
    sleep 1
  done
  echo "Expected an idle node within a minute, got:"
  sinfo || true
  tail -n 20 "$cluster"/*.log "$cluster"/*.out
  return 1
}

stop_cluster() {
  scancel --user=root 2>/dev/null || true
  for process in ${slurmd_process:-} ${slurmctld_process:-} $(cat "$munge_folder/pid" 2>/dev/null); do
    kill "$process" 2>/dev/null || true
  done
  wait ${slurmd_process:-} ${slurmctld_process:-} 2>/dev/null || true
  rm -rf "$munge_folder"
}
