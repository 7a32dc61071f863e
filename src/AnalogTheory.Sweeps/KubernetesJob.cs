using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AnalogTheory.Sweeps;

/// <summary>A sweep as an Indexed Job of Kubernetes (batch/v1): an index a shard.</summary>
/// <param name="Name">Name of the job: lower-case letters, digits and hyphens.</param>
/// <param name="Shards">Number of shards, at least 1.</param>
/// <param name="Image">Container image that holds the tool.</param>
/// <param name="Command">Words of a shard's command line, up to its number: <c>k/n</c> follows.</param>
/// <param name="Claim">Persistent volume claim that holds the sweep's folder, writable by all pods.</param>
/// <param name="MountPath">Where the volume is mounted.</param>
public sealed record KubernetesJob(string Name, int Shards, string Image, IReadOnlyList<string> Command, string Claim, string MountPath)
{
    /// <summary>Exit codes that mean that another try would end in the same way: a config that makes no sense, cells that cannot be computed.</summary>
    public static IReadOnlyList<int> PermanentFailures { get; } = [2, 4];

    private static readonly JsonSerializerOptions s_form = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Pods that may run at a time.</summary>
    public int Parallelism { get; init; } = 8;

    /// <summary>Tries of an index beyond its first; pods that the cluster moves elsewhere do not count.</summary>
    public int Retries { get; init; } = 6;

    /// <summary>Processors that a pod asks for.</summary>
    public int Processors { get; init; } = 1;

    /// <summary>Memory that a pod asks for, in Kubernetes' form.</summary>
    public string Memory { get; init; } = "1Gi";

    /// <summary>The manifest for <c>kubectl apply -f</c>, as JSON.</summary>
    /// <returns>JSON text.</returns>
    public string Manifest()
    {
        JsonObject resources = new() { ["cpu"] = Processors.ToString(CultureInfo.InvariantCulture), ["memory"] = Memory };
        JsonObject container = new()
        {
            ["name"] = "shard",
            ["image"] = Image,
            // Kubernetes puts the index into a variable, and expands it in the command's words.
            ["command"] = List(Command.Append(string.Create(CultureInfo.InvariantCulture, $"$(JOB_COMPLETION_INDEX)/{Shards}"))),
            ["resources"] = new JsonObject { ["requests"] = resources },
            ["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = "sweep", ["mountPath"] = MountPath }),
            ["workingDir"] = MountPath,
        };
        JsonObject pod = new()
        {
            ["restartPolicy"] = "Never",
            // SIGTERM leaves a checkpoint.
            ["terminationGracePeriodSeconds"] = 30,
            ["containers"] = new JsonArray(container),
            ["volumes"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "sweep",
                    ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = Claim },
                }
            ),
        };
        JsonObject permanent = new()
        {
            ["action"] = "FailIndex",
            ["onExitCodes"] = new JsonObject
            {
                ["containerName"] = "shard",
                ["operator"] = "In",
                ["values"] = new JsonArray([.. PermanentFailures.Select(code => (JsonNode)code)]),
            },
        };
        JsonObject moved = new()
        {
            ["action"] = "Ignore",
            ["onPodConditions"] = new JsonArray(new JsonObject { ["type"] = "DisruptionTarget", ["status"] = "True" }),
        };
        JsonObject job = new()
        {
            ["apiVersion"] = "batch/v1",
            ["kind"] = "Job",
            ["metadata"] = new JsonObject { ["name"] = Name },
            ["spec"] = new JsonObject
            {
                ["completionMode"] = "Indexed",
                ["completions"] = Shards,
                ["parallelism"] = Parallelism,
                ["backoffLimitPerIndex"] = Retries,
                ["podFailurePolicy"] = new JsonObject { ["rules"] = new JsonArray(permanent, moved) },
                ["template"] = new JsonObject { ["spec"] = pod },
            },
        };
        return job.ToJsonString(s_form) + "\n";
    }

    private static JsonArray List(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode)word)]);
}
