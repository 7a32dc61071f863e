using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.Cli.Tests;

/// <summary>The manifest of a sweep against Kubernetes' published schema, by tests/kubernetes/validate.sh. Keys that the schema leaves open are the strict types' of Sweeps.Tests.</summary>
public class KubernetesTests
{
    // What is changed, and what the schema says to it.
    private static readonly (string Name, Action<JsonNode> Change, string Complaint)[] s_wrong =
    [
        ("kindless.json", job => job.AsObject().Remove("kind"), "data is batch/v1 undefined, not batch/v1 Job"),
        ("word.json", job => job["spec"]!["completions"] = "6", "data/spec/completions must be integer"),
        ("bare.json", job => job["spec"]!.AsObject().Remove("template"), "data/spec must have required property template"),
        (
            "empty.json",
            job => job["spec"]!["template"]!["spec"]!.AsObject().Remove("containers"),
            "data/spec/template/spec must have required property containers"
        ),
        (
            "codes.json",
            job => job["spec"]!["podFailurePolicy"]!["rules"]![0]!["onExitCodes"]!.AsObject().Remove("operator"),
            "data/spec/podFailurePolicy/rules/0/onExitCodes must have required property operator"
        ),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_manifest_is_valid_by_the_published_schema_and_spoilt_ones_are_not()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: the script is one for a Unix shell");
        using Shell shell = new();
        File.Copy(Path.Combine(ToolProcess.Repository, "tests/slurm/sweep.json"), Path.Combine(shell.Folder, "map.json"));
        string[] words =
        [
            "sweep",
            "map.json",
            "--out",
            "map",
            "--kubernetes",
            "--shards",
            "6",
            "--image",
            "registry/analog-theory:1",
            "--claim",
            "sweeps",
        ];
        Outcome written = await shell.Run(words);
        Assert.True(written.Code == 0, written.ToString());
        string manifest = shell.Read("map/kubernetes.json");
        foreach ((string name, Action<JsonNode> change, _) in s_wrong)
        {
            JsonNode job = JsonNode.Parse(manifest)!;
            change(job);
            shell.Write(name, job.ToJsonString());
        }

        string[] manifests = ["map/kubernetes.json", .. s_wrong.Select(wrong => wrong.Name)];
        Outcome end = await ToolProcess.RunScript(shell, "tests/kubernetes/validate.sh", Cancellation, manifests);
        Assert.True(end.Code == 0, end.ToString());
        Assert.Equal(
            ["kubernetes.json: valid", .. s_wrong.Select(wrong => $"{wrong.Name}: {wrong.Complaint}")],
            end.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
    }
}
