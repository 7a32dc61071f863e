using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s.Models;
using Xunit;

namespace AnalogTheory.Sweeps.Tests;

/// <summary>What schedulers are given.</summary>
public class SchedulerTests
{
    private static readonly KubernetesJob s_job = new(
        "map",
        64,
        "registry/analog-theory:1",
        ["analog-theory", "sweep", "map.json", "--shard"],
        "claim",
        "/sweep"
    );

    // The types are generated from Kubernetes' published API description.
    private static readonly JsonSerializerOptions s_strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
    };

    private static V1Job Read(string manifest) => JsonSerializer.Deserialize<V1Job>(manifest, s_strict)!;

    [Fact]
    public void The_manifest_is_a_job_of_the_published_api()
    {
        V1Job job = Read(s_job.Manifest());
        Assert.Equal(("batch/v1", "Job", "map"), (job.ApiVersion, job.Kind, job.Metadata.Name));
        Assert.Equal(
            ("Indexed", 64, 8, 6),
            (job.Spec.CompletionMode, job.Spec.Completions, job.Spec.Parallelism, job.Spec.BackoffLimitPerIndex)
        );
        V1PodFailurePolicyRule permanent = job.Spec.PodFailurePolicy.Rules[0];
        Assert.Equal(
            ("FailIndex", "In", "shard"),
            (permanent.Action, permanent.OnExitCodes.OperatorProperty, permanent.OnExitCodes.ContainerName)
        );
        Assert.Equal([2, 4], permanent.OnExitCodes.Values);
        Assert.Equal("DisruptionTarget", Assert.Single(job.Spec.PodFailurePolicy.Rules[1].OnPodConditions).Type);
        V1Container container = Assert.Single(job.Spec.Template.Spec.Containers);
        // A job with a policy for failed pods needs pods that are not restarted in place.
        Assert.Equal(("Never", "shard"), (job.Spec.Template.Spec.RestartPolicy, container.Name));
        Assert.Equal("$(JOB_COMPLETION_INDEX)/64", container.Command[^1]);
        Assert.Equal(("1", "1Gi"), (container.Resources.Requests["cpu"].ToString(), container.Resources.Requests["memory"].ToString()));
        Assert.Equal("claim", Assert.Single(job.Spec.Template.Spec.Volumes).PersistentVolumeClaim.ClaimName);
    }

    [Theory]
    [InlineData("backoffLimitPerIndex", "backoffLimitPerindex")]
    [InlineData("onExitCodes", "exitCodes")]
    [InlineData("claimName", "claim")]
    public void A_key_that_the_api_does_not_have_is_noticed(string right, string wrong) =>
        Assert.Throws<JsonException>(() => Read(s_job.Manifest().Replace($"\"{right}\"", $"\"{wrong}\"", StringComparison.Ordinal)));

    [Fact]
    public void A_number_where_a_word_belongs_is_noticed()
    {
        JsonNode manifest = JsonNode.Parse(s_job.Manifest())!;
        manifest["spec"]!["completions"] = "64";
        Assert.Throws<JsonException>(() => Read(manifest.ToJsonString()));
    }

    private static readonly SlurmArray s_array = new("map", 10, "analog-theory sweep map.json --shard", "/logs") { LargestArray = 4 };

    [Fact]
    public void Arrays_stay_below_the_largest_that_the_cluster_takes()
    {
        Assert.Equal([("0-3", 0), ("0-3", 4), ("0-1", 8)], s_array.Submissions.ToArray());
        Assert.Equal("0-3%2", (s_array with { Throttle = 2 }).Submissions[0].Array);
        Assert.Equal(["--parsable", "--array=0-1", "--export=ALL,SWEEP_FIRST_SHARD=8", "slurm.sh"], s_array.Words("slurm.sh").Last());
        // Every shard is some task's.
        Assert.Equal(
            Enumerable.Range(0, 10),
            s_array.Submissions.SelectMany(one =>
                Enumerable.Range(one.Offset, int.Parse(one.Array.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture) + 1)
            )
        );
    }

    [Fact]
    public void The_script_says_what_it_needs()
    {
        string script = (s_array with { Processors = 2, TimeLimit = "01:00:00", Options = ["--partition=short"] }).Script();
        string[] expected =
        [
            "#SBATCH --job-name=map",
            "#SBATCH --output=\"/logs/%A_%a.log\"",
            "#SBATCH --requeue",
            "#SBATCH --cpus-per-task=2",
            "#SBATCH --time=01:00:00",
            "#SBATCH --signal=B:USR1@60",
            "#SBATCH --partition=short",
            "analog-theory sweep map.json --shard \"$shard/10\" &",
        ];
        Assert.Empty(expected.Except(script.Split('\n')));
        Assert.DoesNotContain("--signal", s_array.Script(), StringComparison.Ordinal);
    }
}
