using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using AnalogTheory.CSharp;
using Xunit;

namespace AnalogTheory.Cli.Tests.Culture;

/// <summary>Library, tool and pictures give the same bytes whatever the user's language is, in programs that know languages.</summary>
public class CultureTests(Here here) : IClassFixture<Here>
{
    private const string ProbeFolder = "ANALOG_THEORY_CULTURE_PROBE";
    private const string OtherCulture = "ANALOG_THEORY_CULTURE_OTHER";

    // What a child process does for the parent: everything in one process, since starting one takes longer than the work.
    private static readonly string[] s_lines =
    [
        "simulate experiment.json --out simulate",
        "counterexample --saturation -0.5 --sigma 0.3 --learning-rate 0.2 0.1 --replicas 4 --out counterexample",
        "device plot linear-step:upper=0.8,lower=-1.2 --out plot",
        "device fit pulses.csv --out fit",
        "device describe asymmetric-linear:radius=0.7,symmetricPoint=-0.1",
        "assumptions experiment.json",
        "verify S2 --solver none",
        "zero-shift symmetric-power --pulses 20 --replicas 10 --from -0.5",
        "simulate experiment.json --replicas -1",
    ];

    // A child takes two: most of its time goes to compiling the tool. The first is its user's from its first instruction on, and each kind comes first somewhere:
    // marks of direction (Persian, Arabic), and commas (Turkish, German), the Turkish i among them.
    public static TheoryData<string, string> Cultures => new() { { "fa-IR", "de-DE" }, { "tr-TR", "ar-SA" } };

    [Theory]
    [MemberData(nameof(Cultures))]
    public async Task The_same_bytes_in_every_language(string users, string other)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string expected = await here.Folder();
        using Shell there = new();
        string program = typeof(CultureTests).Assembly.Location;
        string settings = there.Write("settings.json", WithLanguages(Path.ChangeExtension(program, ".runtimeconfig.json")));
        ProcessStartInfo info = new(
            "dotnet",
            [
                "exec",
                "--runtimeconfig",
                Path.Combine(there.Folder, settings),
                program,
                "-noLogo",
                "-noColor",
                "-method",
                $"{typeof(CultureTests).FullName}.{nameof(Probed)}",
            ]
        )
        {
            WorkingDirectory = there.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string folder = Directory.CreateDirectory(Path.Combine(there.Folder, "probe")).FullName;
        info.Environment[ProbeFolder] = folder;
        info.Environment[OtherCulture] = other;
        foreach (string variable in new[] { "LANG", "LC_ALL", "LC_MESSAGES" })
        {
            info.Environment[variable] = users.Replace('-', '_') + ".UTF-8";
        }

        using Process process = Process.Start(info)!;
        Outcome outcome = await ToolProcess.End(process, cancellation);
        Assert.SkipWhen(
            outcome.Error.Contains("ICU package", StringComparison.Ordinal)
                || outcome.Out.Contains("ICU package", StringComparison.Ordinal),
            "skipped: no ICU is installed, without which a program knows no languages"
        );
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.Equal(users, await File.ReadAllTextAsync(Path.Combine(folder, "culture"), cancellation));
        string[] files = Files(expected);
        foreach (string culture in new[] { users, other })
        {
            string made = Path.Combine(folder, culture);
            Assert.Equal(files, Files(made));
            foreach (string file in files)
            {
                Assert.True(Comparable(expected, file).AsSpan().SequenceEqual(Comparable(made, file)), $"{file} differs under {culture}");
            }
        }
    }

    /// <summary>The child's part.</summary>
    [Fact]
    public async Task Probed()
    {
        string? folder = Environment.GetEnvironmentVariable(ProbeFolder);
        Assert.SkipWhen(folder is null, "skipped: this is a part of the test above, for its child process");
        CultureInfo users = CultureInfo.CurrentCulture;
        await File.WriteAllTextAsync(Path.Combine(folder!, "culture"), users.Name, TestContext.Current.CancellationToken);
        await Probe(Directory.CreateDirectory(Path.Combine(folder!, users.Name)).FullName);
        CultureInfo other = new(Environment.GetEnvironmentVariable(OtherCulture)!, useUserOverride: false);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = other;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = other;
        string name = await Task.Run(() => CultureInfo.CurrentCulture.Name);
        await Probe(Directory.CreateDirectory(Path.Combine(folder!, name)).FullName);
    }

    internal static async Task Probe(string folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "experiment.json"), Samples.Experiment);
        await File.WriteAllTextAsync(Path.Combine(folder, "pulses.csv"), Samples.Pulses());
        for (int i = 0; i < s_lines.Length; i++)
        {
            using StringWriter output = new();
            using StringWriter error = new();
            Display.ToolConsole console = new(output, error, folder);
            int code = await Tool.RunAsync(s_lines[i].Split(' '), console, CancellationToken.None);
            string text = string.Create(CultureInfo.InvariantCulture, $"{code}\n{output}\n{error}")
                .Replace(folder, "FOLDER", StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"line-{i}.txt")), text);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "library.txt"), string.Join('\n', Library()));
    }

    // Texts of the library with numbers below 0, which some languages write with marks of direction.
    private static IEnumerable<string> Library()
    {
        yield return Device.AsymmetricLinear(0.5, -0.25).ToString();
        yield return Problem.Quadratic(0.5, [-1.5]).ToString();
        yield return Noise.Gaussian(0.25).ToString();
        yield return Rule.AnalogSgd(Device.LinearStep(0.5, -1.5, -0.5), 0.125).ToString();
        yield return Claim.Find("S2").Check().ToJson();
        yield return new Estimate(-0.5, 0.25, 4).ToString();
        yield return LowerBoundInstance.OfSaturation(1.0, 1.0, 0.3, 1, -0.5).ToString();
        yield return Complaint(() => _ = new EnsembleSettings(-1, -2, 3));
        yield return Complaint(() => Device.AsymmetricLinear(-0.5));
        yield return Complaint(() => Problem.Quadratic(1.0, [0.5, double.NegativeInfinity]));
        yield return Complaint(() => Measure.Weight(-1));
    }

    private static string Complaint(Action wrong)
    {
        try
        {
            wrong();
            return "";
        }
        catch (ArgumentException refused)
        {
            return refused.Message;
        }
    }

    private static string WithLanguages(string settings)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(settings))!;
        root["runtimeOptions"]!["configProperties"]!["System.Globalization.Invariant"] = false;
        root["runtimeOptions"]!["configProperties"]!.AsObject().Remove("System.Globalization.PredefinedCulturesOnly");
        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static string[] Files(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path))
                .Order(StringComparer.Ordinal),
        ];

    // A manifest tells how long the computation took.
    private static byte[] Comparable(string folder, string file)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, file));
        if (Path.GetFileName(file) != "manifest.json")
        {
            return bytes;
        }

        JsonObject manifest = (JsonObject)JsonNode.Parse(bytes)!;
        manifest.Remove("durationSeconds");
        return Encoding.UTF8.GetBytes(manifest.ToJsonString());
    }
}
