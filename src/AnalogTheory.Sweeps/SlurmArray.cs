using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;

namespace AnalogTheory.Sweeps;

/// <summary>A sweep as job arrays of Slurm: a task a shard.</summary>
/// <param name="Name">Name of the job.</param>
/// <param name="Shards">Number of shards, at least 1.</param>
/// <param name="Command">The command line of a shard, as words of a shell, up to its number: <c>k/n</c> follows.</param>
/// <param name="Logs">Folder for the tasks' output, absolute.</param>
public sealed record SlurmArray(string Name, int Shards, string Command, string Logs)
{
    /// <summary>Tasks that may run at a time; 0 for no limit.</summary>
    public int Throttle { get; init; }

    /// <summary>Processors of a task.</summary>
    public int Processors { get; init; } = 1;

    /// <summary>Time limit of a task in Slurm's form, such as <c>01:00:00</c>; null for the partition's. At its end the task is stopped, keeps what it has and is queued again.</summary>
    public string? TimeLimit { get; init; }

    /// <summary>Seconds before the time limit at which a task is told to keep what it has.</summary>
    public int Notice { get; init; } = 60;

    /// <summary>More options of sbatch, such as <c>--partition=short</c>.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>Largest array that the cluster takes: <c>MaxArraySize</c> of its configuration. Indices are below it.</summary>
    public int LargestArray { get; init; } = 1001;

    /// <summary>The array of each submission: <c>--array</c>'s value, and the number of its first shard.</summary>
    public ImmutableArray<(string Array, int Offset)> Submissions =>
        [
            .. Enumerable
                .Range(0, (Shards + LargestArray - 1) / LargestArray)
                .Select(chunk => chunk * LargestArray)
                .Select(offset =>
                    (
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"0-{Math.Min(LargestArray, Shards - offset) - 1}{(Throttle > 0 ? "%" : "")}{(Throttle > 0 ? Throttle : null)}"
                        ),
                        offset
                    )
                ),
        ];

    /// <summary>Words after <c>sbatch</c> for each submission of a script.</summary>
    /// <param name="script">Path of the script.</param>
    /// <returns>Words.</returns>
    public IEnumerable<IReadOnlyList<string>> Words(string script) =>
        Submissions.Select(one =>
            (IReadOnlyList<string>)
                [
                    "--parsable",
                    $"--array={one.Array}",
                    string.Create(CultureInfo.InvariantCulture, $"--export=ALL,SWEEP_FIRST_SHARD={one.Offset}"),
                    script,
                ]
        );

    /// <summary>The script. Slurm places, limits, restarts and queues; the script starts one shard and hands signals on.</summary>
    /// <returns>Text of a shell script.</returns>
    /// <remarks>
    /// A task that nears its time limit gets USR1, stops its shard, which keeps what is finished, and asks Slurm to queue it again; <c>scancel</c> stops it for
    /// good. A task that Slurm requeues, after a node failed or on <c>scontrol requeue</c>, goes on where it was. Exit codes 2 and 4 mean that another
    /// try would end in the same way.
    /// </remarks>
    public string Script()
    {
        StringBuilder text = new();
        text.Append("#!/bin/bash\n");
        Line($"--job-name={Name}");
        Line($"--output=\"{Logs}/%A_%a.log\"");
        Line("--open-mode=append");
        Line("--requeue");
        Line(string.Create(CultureInfo.InvariantCulture, $"--cpus-per-task={Processors}"));
        if (TimeLimit is { } limit)
        {
            Line($"--time={limit}");
            Line(string.Create(CultureInfo.InvariantCulture, $"--signal=B:USR1@{Notice}"));
        }

        foreach (string option in Options)
        {
            Line(option);
        }

        text.Append(
            string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""

                    # Submitted with --array=0-N and, for arrays after the first, SWEEP_FIRST_SHARD.
                    shard=$(( ${SWEEP_FIRST_SHARD:-0} + SLURM_ARRAY_TASK_ID ))
                    {{Command}} "$shard/{{Shards}}" &
                    child=$!
                    again=false
                    trapped=false
                    trap 'trapped=true; kill -TERM $child' TERM INT
                    trap 'trapped=true; again=true; kill -TERM $child' USR1
                    # A signal ends a wait early; the shard's own end is waited for.
                    while :; do
                      wait $child
                      code=$?
                      [ $trapped = true ] || break
                      trapped=false
                    done
                    if [ $again = true ] && [ $code -eq 130 ]; then
                      scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
                    fi
                    exit $code

                    """
                )
                .ReplaceLineEndings("\n")
        );
        return text.ToString();

        void Line(string option) => text.Append("#SBATCH ").Append(option).Append('\n');
    }
}
