using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace AnalogTheory.CSharp.Tests;

/// <summary>Ensembles streamed in batches, and ensembles as tables.</summary>
public class StreamTests
{
    private static readonly Simulation s_simulation = Samples.Of(Samples.Rules[2].Rule);

    [Theory]
    [InlineData(10)]
    [InlineData(37)]
    [InlineData(100)]
    public async Task A_streamed_ensemble_has_the_bits_of_the_whole(int batch)
    {
        Ensemble whole = s_simulation.RunEnsemble(Samples.Settings);
        int done = 0;
        await foreach (Ensemble part in s_simulation.StreamEnsembleAsync(Samples.Settings, batch, TestContext.Current.CancellationToken))
        {
            Assert.Equal((uint)done, part.Settings.FirstReplica);
            for (int replica = 0; replica < part.Settings.Replicas; replica++)
            {
                Assert.Equal(whole.FinalWeights(done + replica), part.FinalWeights(replica));
                Assert.Equal(whole.AverageByReplica(Measure.Excess)[done + replica], part.AverageByReplica(Measure.Excess)[replica]);
                Assert.Equal(whole.TraceByReplica(Measure.Excess, 4)[done + replica], part.TraceByReplica(Measure.Excess, 4)[replica]);
            }

            done += part.Settings.Replicas;
        }

        Assert.Equal(37, done);
    }

    [Fact]
    public async Task A_stream_computes_what_is_asked_for_and_no_more()
    {
        int calls = 0;
        Problem counting = Problem.UserDefined(
            1.0,
            [0.0],
            w => 0.0,
            w =>
            {
                Interlocked.Increment(ref calls);
                return w;
            }
        );
        Simulation simulation = new(counting, Noise.None, Rule.DigitalSgd(0.1), [1.0]);
        calls = 0;
        await foreach (
            Ensemble part in simulation.StreamEnsembleAsync(
                new EnsembleSettings(1_000_000, 10, 1),
                8,
                TestContext.Current.CancellationToken
            )
        )
        {
            Assert.Equal(8, part.Settings.Replicas);
            break;
        }

        Assert.InRange(calls, 80, 1000);
    }

    [Fact]
    public async Task A_stream_is_cancelled_and_passes_on_what_an_own_part_throws()
    {
        using CancellationTokenSource source = new();
        await using IAsyncEnumerator<Ensemble> stream = s_simulation
            .StreamEnsembleAsync(Samples.Settings, 5, source.Token)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await stream.MoveNextAsync());
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.MoveNextAsync());

        Simulation failing = Samples.Of(Rule.UserDefined((w, g, m) => throw new NotFiniteNumberException("mine")));
        await using IAsyncEnumerator<Ensemble> broken = failing
            .StreamEnsembleAsync(Samples.Settings, 5, CancellationToken.None)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.Equal("mine", (await Assert.ThrowsAsync<NotFiniteNumberException>(async () => await broken.MoveNextAsync())).Message);
    }

    [Fact]
    public void Wrong_streams_are_refused_when_they_are_asked_for()
    {
        Assert.Throws<ArgumentNullException>("settings", () => s_simulation.StreamEnsembleAsync(null!, 1, CancellationToken.None));
        Assert.Equal(
            "Expected an integer of at least 1, got batch = 0. (Parameter 'batch')",
            Assert.Throws<ArgumentException>(() => s_simulation.StreamEnsembleAsync(Samples.Settings, 0, CancellationToken.None)).Message
        );
        Assert.Throws<ArgumentException>(
            "measures",
            () => Samples.Analog.StreamEnsembleAsync(Samples.Settings with { Measures = [Measure.Auxiliary(0)] }, 1, CancellationToken.None)
        );
    }

    private static string[][] Rows(Action<TextWriter> write)
    {
        // A writer that would write 0,5 for a half.
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        using StringWriter writer = new(comma) { NewLine = "\n" };
        write(writer);
        return [.. writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
    }

    [Fact]
    public void A_trace_as_a_table_reads_back_to_the_same_bits()
    {
        Ensemble run = s_simulation.RunEnsemble(Samples.Settings);
        string[][] rows = Rows(run.WriteTraceCsv);
        Assert.Equal(["step", "excess", "excess_standard_error"], rows[0][..3]);
        Assert.Equal(1 + 11, rows.Length);
        for (int point = 0; point < 11; point++)
        {
            Estimate expected = run.Trace(Measure.Weight(1))[point];
            Assert.Equal(20 * point, int.Parse(rows[1 + point][0], CultureInfo.InvariantCulture));
            Assert.Equal(expected.Mean, double.Parse(rows[1 + point][5], CultureInfo.InvariantCulture));
            Assert.Equal(expected.StandardError, double.Parse(rows[1 + point][6], CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task The_parts_of_a_stream_make_the_table_of_the_whole()
    {
        string[][] whole = Rows(writer => s_simulation.RunEnsemble(Samples.Settings).WriteReplicasCsv(writer));
        Assert.Equal(
            ["replica", "mean_excess", "mean_gradient_norm_squared", "mean_weight_1", "weight_0", "weight_1", "auxiliary_0", "auxiliary_1"],
            whole[0]
        );
        Assert.Equal("36", whole[^1][0]);
        List<string[]> parts = [];
        await foreach (Ensemble part in s_simulation.StreamEnsembleAsync(Samples.Settings, 10, TestContext.Current.CancellationToken))
        {
            parts.AddRange(Rows(writer => part.WriteReplicasCsv(writer, header: parts.Count == 0)));
        }

        Assert.Equal(whole, parts);
        Ensemble bare = Samples.Analog.RunEnsemble(new EnsembleSettings(2, 3, 1) { Measures = [Measure.Excess], AverageFrom = 3 });
        Assert.Equal(["replica", "weight_0", "weight_1"], Rows(writer => bare.WriteReplicasCsv(writer))[0]);
        Assert.Throws<InvalidOperationException>(() => bare.WriteTraceCsv(TextWriter.Null));
        Assert.Throws<ArgumentNullException>("writer", () => bare.WriteTraceCsv(null!));
        Assert.Throws<ArgumentNullException>("writer", () => bare.WriteReplicasCsv(null!));
        Assert.Throws<ArgumentNullException>("stream", () => bare.WriteJson(null!));
    }

    [Fact]
    public void Json_holds_what_the_run_left_and_names_what_is_no_number()
    {
        Ensemble run = s_simulation.RunEnsemble(Samples.Settings);
        using MemoryStream stream = new();
        run.WriteJson(stream);
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        JsonElement root = document.RootElement;
        Assert.Equal(37, root.GetProperty("replicas").GetInt32());
        Assert.Equal(7UL, root.GetProperty("seed").GetUInt64());
        Assert.Equal(0.05, root.GetProperty("rule").GetProperty("parameters").GetProperty("α").GetDouble());
        // Enough to run it again: the devices with τ, the start, the problem's numbers, what was averaged.
        JsonElement device = root.GetProperty("devices")[1];
        Assert.Equal(Samples.Device.Parameters["τ"], device.GetProperty("parameters").GetProperty("τ").GetDouble());
        Assert.Equal(s_simulation.Start, root.GetProperty("start").EnumerateArray().Select(w => w.GetDouble()));
        Assert.Equal(
            s_simulation.Problem.Minimizer,
            root.GetProperty("problem").GetProperty("minimizer").EnumerateArray().Select(w => w.GetDouble())
        );
        Assert.Equal(s_simulation.Noise.Parameters["s"], root.GetProperty("noise").GetProperty("parameters").GetProperty("s").GetDouble());
        Assert.Equal(20, root.GetProperty("traceEvery").GetInt64());
        Assert.Contains("‖∇f(W)‖²", System.Text.Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
        JsonElement excess = root.GetProperty("measures")[0];
        Assert.Equal("excess", excess.GetProperty("name").GetString());
        Assert.Equal("f(W) − f*", excess.GetProperty("symbol").GetString());
        Assert.Equal(run.Average(Measure.Excess).Mean, excess.GetProperty("average").GetProperty("mean").GetDouble());
        Assert.Equal(run.Trace(Measure.Excess)[3].StandardError, excess.GetProperty("trace")[3].GetProperty("standardError").GetDouble());
        Assert.Equal(11, root.GetProperty("tracedSteps").GetArrayLength());
        Assert.Equal(run.FinalWeights(5), root.GetProperty("states")[5].GetProperty("weights").EnumerateArray().Select(w => w.GetDouble()));
        Assert.Equal(
            run.FinalAuxiliary(5),
            root.GetProperty("states")[5].GetProperty("auxiliary").EnumerateArray().Select(p => p.GetDouble())
        );
        Assert.Equal(run.FinalAuxiliaryByReplica(1)[5], run.FinalAuxiliary(5)[1]);

        using MemoryStream diverged = new();
        new Simulation(Samples.Problem, Noise.None, Rule.DigitalSgd(1e200), [0.0, 0.0]).RunEnsemble(1, 20, 1).WriteJson(diverged);
        using JsonDocument text = JsonDocument.Parse(diverged.ToArray());
        Assert.Equal(1, text.RootElement.GetProperty("diverged").GetInt32());
        Assert.Equal(JsonValueKind.String, text.RootElement.GetProperty("states")[0].GetProperty("weights")[0].ValueKind);
    }
}
